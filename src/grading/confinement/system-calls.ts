/**
 * A filter of system calls (seccomp-BPF), so that a confined process has threads but no child, and no
 * socket, even if it gets around Node. Numbers: Linux' `unistd_64.h` and `asm-generic/unistd.h`;
 * the instructions: `linux/filter.h`, `linux/seccomp.h`.
 */
const machines = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    // fork, vfork, socket, connect, bind, ptrace, mount, unshare, setns, add_key, keyctl, bpf,
    // perf_event_open, userfaultfd, io_uring_setup
    denied: [57, 58, 41, 42, 49, 101, 165, 272, 308, 248, 250, 321, 298, 323, 425],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    denied: [198, 203, 200, 117, 40, 97, 268, 217, 219, 280, 241, 282, 425],
  },
} as const;

/** The same number everywhere. glibc takes `clone` where the kernel seems to lack it. */
const clone3 = 435;
const threadFlag = 0x10000;
/** On x64, numbers from here on are those of another interface. */
const otherInterface = 0x40000000;

const [load, jumpEqual, jumpGreaterEqual, jumpSet, end] = [0x20, 0x15, 0x35, 0x45, 0x06];
const allow = 0x7fff0000;
const fail = (errno: number) => 0x00050000 | errno;
const [EPERM, ENOSYS] = [1, 38];

type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, k: number];

/** The filter in the form in which bubblewrap takes it; `undefined` on a machine of another kind. */
export function systemCallFilter(architecture: string = process.arch): Buffer | undefined {
  if (architecture !== 'x64' && architecture !== 'arm64') return undefined;
  const { audit, clone, denied } = machines[architecture];
  const program: Instruction[] = [
    // struct seccomp_data: the call's number, the architecture, …, the arguments from 16 on.
    [load, 0, 0, 4],
    [jumpEqual, 1, 0, audit],
    [end, 0, 0, fail(EPERM)],
    [load, 0, 0, 0],
    [jumpGreaterEqual, 0, 1, otherInterface],
    [end, 0, 0, fail(EPERM)],
    [jumpEqual, 0, 1, clone3],
    [end, 0, 0, fail(ENOSYS)],
    ...denied.flatMap((call): Instruction[] => [
      [jumpEqual, 0, 1, call],
      [end, 0, 0, fail(EPERM)],
    ]),
    [jumpEqual, 0, 3, clone],
    [load, 0, 0, 16],
    [jumpSet, 1, 0, threadFlag],
    [end, 0, 0, fail(EPERM)],
    [end, 0, 0, allow],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [i, [code, jumpTrue, jumpFalse, k]] of program.entries()) {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(jumpTrue, i * 8 + 2);
    bytes.writeUInt8(jumpFalse, i * 8 + 3);
    bytes.writeUInt32LE(k >>> 0, i * 8 + 4);
  }
  return bytes;
}
