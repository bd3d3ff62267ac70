import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSafetensors } from '../../../dist/models/weights/safetensors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { noise } from '../../support/noise.js';
import { entry, safetensorsBytes } from '../../support/safetensors-bytes.js';

const one = entry('F32', [1], 0, 4);
const four = [0, 0, 0, 0];

/** Reads every tensor that has numbers. */
async function readAll(path: string): Promise<Record<string, number[]>> {
  const file = await openSafetensors(path);
  try {
    const read = async (name: string) => [name, Array.from(await file.read(name))] as const;
    const names = [...file.tensors.values()]
      .filter(({ dtype }) => ['F32', 'F16', 'BF16'].includes(dtype))
      .map(({ name }) => name);
    return Object.fromEntries(await Promise.all(names.map(read)));
  } finally {
    await file.close();
  }
}

describe('The safetensors reader', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'file.safetensors');

  it('reads what the reference implementation wrote', async () => {
    const read = await readAll('test/fixtures/reference.safetensors');
    assert.deepEqual(read, {
      empty: [],
      float32: Array.from(Float32Array.of(0.1, -2.5, 65504, 1e-7, Infinity, NaN)),
      float16: [0.0999755859375, -2.5, 65504, 2 ** -23, Infinity, NaN],
    });
    assert.deepEqual(await readAll('test/fixtures/bfloat16.safetensors'), {
      bfloat16: [0.10009765625, -2.5, 65536, 1.0011717677116394e-7, Infinity, NaN],
    });
  });

  it('lists what it cannot read as float32, and refuses to read it', async () => {
    const file = await openSafetensors('test/fixtures/reference.safetensors');
    const { dtype, shape } = file.tensors.get('batches')!;
    assert.deepEqual([dtype, shape], ['I64', []]);
    assert.deepEqual([...file.metadata], [['made by', 'the reference implementation']]);
    await assert.rejects(file.read('batches'), /reference\.safetensors".*I64 cannot be read/);
    await assert.rejects(file.read('none'), /reference\.safetensors".*no tensor "none"/);
    await file.close();
  });

  it('reads float16 as IEEE 754 defines it, subnormals, infinities and NaN included', async () => {
    const halves: [bits: number, value: number][] = [
      [0x0000, 0],
      [0x8000, -0],
      [0x0001, 5.960464477539063e-8],
      [0x03ff, 6.097555160522461e-5],
      [0x0400, 6.103515625e-5],
      [0x3555, 0.333251953125],
      [0x3c00, 1],
      [0xc000, -2],
      [0x7bff, 65504],
      [0x7c00, Infinity],
      [0xfc00, -Infinity],
      [0x7e00, NaN],
    ];
    const data = halves.flatMap(([bits]) => [bits & 0xff, bits >> 8]);
    const header = { half: entry('F16', [halves.length], 0, data.length) };
    await writeFile(path, safetensorsBytes(header, data));
    assert.deepEqual(
      (await readAll(path)).half,
      halves.map(([, value]) => value),
    );
  });

  it('reads bfloat16, the upper half of a float32', async () => {
    const halves: [bits: number, value: number][] = [
      [0x8000, -0],
      [0x0001, 9.183549615799121e-41],
      [0x0080, 1.1754943508222875e-38],
      [0x3f80, 1],
      [0xc049, -3.140625],
      [0x7f7f, 3.3895313892515355e38],
      [0xff80, -Infinity],
      [0x7fc0, NaN],
    ];
    const data = halves.flatMap(([bits]) => [bits & 0xff, bits >> 8]);
    const header = { half: entry('BF16', [halves.length], 0, data.length) };
    await writeFile(path, safetensorsBytes(header, data));
    assert.deepEqual(
      (await readAll(path)).half,
      halves.map(([, value]) => value),
    );
  });

  it('takes any text as a name, those that every object has included', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', '7', 'ε "\\'];
    const header = names
      .map(
        (name, i) =>
          `${JSON.stringify(name)}:${JSON.stringify(entry('F32', [1], 4 * i, 4 * i + 4))}`,
      )
      .join();
    const data = Buffer.from(Float32Array.from(names, (_, i) => i).buffer);
    await writeFile(path, safetensorsBytes(`{${header}}`, data));
    const file = await openSafetensors(path);
    assert.deepEqual(new Set(file.tensors.keys()), new Set(names));
    for (const [i, name] of names.entries()) {
      assert.deepEqual(Array.from(await file.read(name)), [i], name);
    }
    await assert.rejects(file.read('valueOf'), /no tensor "valueOf"/);
    await file.close();
  });

  it('takes a header without tensors, spaces after it, and entries in any order', async () => {
    await writeFile(path, safetensorsBytes('{}      '));
    assert.deepEqual(await readAll(path), {});
    const header = { b: entry('F32', [1], 4, 8), a: one };
    await writeFile(path, safetensorsBytes(header, [0, 0, 128, 63, 0, 0, 0, 64]));
    assert.deepEqual(await readAll(path), { a: [1], b: [2] });
  });

  const wrong: Record<string, [file: Buffer, why: RegExp]> = {
    'that is empty': [Buffer.alloc(0), /it has 0 bytes/],
    'of seven bytes': [Buffer.alloc(7), /it has 7 bytes/],
    'whose header is longer than the file': [
      safetensorsBytes('{}', [], 3),
      /header would be 3 bytes long, but the file has 10/,
    ],
    'whose header is longer than 100 MB': [
      safetensorsBytes('{}', [], 100_000_001),
      /header would be 100000001 bytes long, more than 100000000/,
    ],
    'whose header is 2^64 − 1 bytes long': [
      safetensorsBytes('{}', [], 2n ** 64n - 1n),
      /header would be 18446744073709552000 bytes/,
    ],
    'whose header is not UTF-8': [safetensorsBytes(Uint8Array.of(0x7b, 0xff, 0x7d)), /not UTF-8/],
    'without a header': [safetensorsBytes(''), /not JSON/],
    'whose header is cut off': [safetensorsBytes('{"a":{"dtype":"F3'), /not JSON/],
    'whose header begins with a byte order mark': [safetensorsBytes('\ufeff{}'), /not JSON/],
    'whose header is a list': [safetensorsBytes('[]'), /not a JSON object/],
    'whose header is null': [safetensorsBytes('null'), /not a JSON object/],
    'whose header nests without end': [safetensorsBytes('['.repeat(1e6)), /nests too deep/],
    'with a name twice': [
      safetensorsBytes(`{"a":${JSON.stringify(one)},"\\u0061" :${JSON.stringify(one)}}`, four),
      /the key "a" twice/,
    ],
    'with a shape twice': [
      safetensorsBytes('{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', four),
      /the key "shape" twice/,
    ],
    'with a list as an entry': [safetensorsBytes({ a: [] }), /entry "a" is not a JSON object/],
    'with a number among its texts': [
      safetensorsBytes({ __metadata__: { epoch: 3 } }),
      /__metadata__ has 3 for "epoch", not a text/,
    ],
    'with a text in place of its texts': [
      safetensorsBytes({ __metadata__: 'mine' }),
      /__metadata__ is not a JSON object/,
    ],
    'without dtype': [
      safetensorsBytes({ a: { shape: [1], data_offsets: [0, 4] } }, four),
      /tensor "a" has no dtype/,
    ],
    'without shape': [
      safetensorsBytes({ a: { dtype: 'F32', data_offsets: [0, 4] } }, four),
      /tensor "a" has a shape that is not a list/,
    ],
    'without data_offsets': [
      safetensorsBytes({ a: { dtype: 'F32', shape: [1] } }, four),
      /tensor "a" has no data_offsets/,
    ],
    'of unknown dtype': [
      safetensorsBytes({ a: { ...one, dtype: 'F31' } }, four),
      /tensor "a" has the dtype "F31"; the format knows .*F32/,
    ],
    'with "constructor" as dtype': [
      safetensorsBytes({ a: { ...one, dtype: 'constructor' } }, four),
      /has the dtype "constructor"/,
    ],
    'with a negative size': [safetensorsBytes({ a: { ...one, shape: [-1] } }, four), /has -1 in/],
    'with half a size': [safetensorsBytes({ a: { ...one, shape: [0.5] } }, four), /has 0.5 in/],
    'with a text as size': [safetensorsBytes({ a: { ...one, shape: ['1'] } }, four), /has "1" in/],
    'with null as size': [safetensorsBytes({ a: { ...one, shape: [null] } }, four), /has null in/],
    'with a size beyond 2^53': [
      safetensorsBytes(
        '{"a":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]}}',
        four,
      ),
      /has 9007199254740992 in its shape/,
    ],
    'with a product of sizes beyond counting': [
      safetensorsBytes({ a: { ...one, shape: [2 ** 40, 2 ** 40] } }, four),
      /too large to count/,
    ],
    'with sizes whose product wraps around to one in 64 bits': [
      safetensorsBytes({ a: { ...one, shape: [2 ** 32 + 1, 2 ** 32 + 1] } }, four),
      /too large to count/,
    ],
    'with one offset': [
      safetensorsBytes({ a: { ...one, data_offsets: [0] } }, four),
      /no data_offsets \[begin, end\]/,
    ],
    'with a negative offset': [
      safetensorsBytes({ a: { ...one, data_offsets: [-4, 0] } }, four),
      /no data_offsets/,
    ],
    'that ends before it begins': [
      safetensorsBytes({ a: { ...one, data_offsets: [4, 0] } }, four),
      /no data_offsets/,
    ],
    'with fewer bytes than its shape takes': [
      safetensorsBytes({ a: { ...one, shape: [2] } }, four),
      /tensor "a", F32 of shape \[2\], has 4 bytes by its data_offsets, not 8/,
    ],
    'whose half bytes do not end on a byte': [
      safetensorsBytes({ a: entry('F4', [3], 0, 2) }, [0, 0]),
      /F4 of shape \[3\], has 2 bytes by its data_offsets, not 1.5/,
    ],
    'that lacks the end of its data': [
      safetensorsBytes({ a: entry('F32', [2], 0, 8) }, four),
      /"a" ends at byte 8 of 4 bytes of data: the file is cut off/,
    ],
    'that claims a terabyte': [
      safetensorsBytes({ a: entry('F32', [2 ** 38], 0, 2 ** 40) }, four),
      /"a" ends at byte 1099511627776 of 4/,
    ],
    'whose tensors overlap': [
      safetensorsBytes({ a: entry('F32', [2], 0, 8), b: entry('F32', [1], 4, 8) }, [
        ...four,
        ...four,
      ]),
      /"b" overlaps another before byte 8/,
    ],
    'with an empty tensor inside another': [
      safetensorsBytes({ a: one, b: entry('F32', [0], 2, 2) }, four),
      /"b" overlaps another/,
    ],
    'with a hole': [
      safetensorsBytes({ a: one, b: entry('F32', [1], 8, 12) }, [...four, ...four, ...four]),
      /bytes from 4 to 8 belong to no tensor/,
    ],
    'with bytes after the last tensor': [
      safetensorsBytes({ a: one }, [...four, 1]),
      /bytes from 4 to 5 belong to no tensor/,
    ],
  };

  for (const [what, [bytes, why]] of Object.entries(wrong)) {
    it(`refuses a file ${what}`, async () => {
      await writeFile(path, bytes);
      await assert.rejects(openSafetensors(path), (error: Error) => {
        assert.match(error.message, why);
        assert.match(error.message, /^Cannot read ".*file\.safetensors" as safetensors: /);
        assert.ok(error.message.length < 800, error.message);
        return true;
      });
    });
  }

  it('refuses what is no file', async () => {
    await assert.rejects(
      openSafetensors(folder),
      /Cannot read ".*": it is not a file|as safetensors: it is not a file/,
    );
    await assert.rejects(openSafetensors(join(folder, 'none')), /none" as safetensors: ENOENT/);
  });

  it('refuses a pipe without waiting for it', async function () {
    const pipe = join(folder, 'pipe');
    const { error } = spawnSync('mkfifo', [pipe]);
    if (error) this.skip(); // A machine without that program.
    await assert.rejects(openSafetensors(pipe), /pipe" as safetensors: it is not a file/);
  });

  it('says so when a file becomes shorter after its header was read', async () => {
    await writeFile(path, safetensorsBytes({ a: one }, four));
    const file = await openSafetensors(path);
    await truncate(path, 20);
    await assert.rejects(file.read('a'), /it became shorter while it was being read/);
    await file.close();
  });

  it('keeps its errors short when names and shapes are not', async () => {
    const header = { ['x'.repeat(1e6)]: { ...one, shape: Array<number>(1e5).fill(2) } };
    await writeFile(path, safetensorsBytes(header, four));
    await assert.rejects(openSafetensors(path), ({ message }: Error) => message.length < 1000);
  });

  it('gives an error that names the file, or the right numbers, for 4000 damaged files', async () => {
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    const whole = safetensorsBytes(
      { __metadata__: { a: 'b' }, a: entry('F32', [2, 2], 0, 16), b: entry('F32', [2], 16, 24) },
      Buffer.from(values.buffer),
    );
    const headerEnd = whole.length - values.byteLength;
    const characters = '{}[]",:0123456789-.eabF_\\ \u0000';
    const random = noise(4000 * 9, 1);
    let next = 0;
    const below = (limit: number) => Math.floor(random[next++]! * limit);
    let accepted = 0;
    for (let round = 0; round < 4000; round++) {
      const damaged = Buffer.from(whole);
      for (let changes = 1 + below(2); changes > 0; changes--) {
        // Half of the changes in the header's length would only make it absurd.
        const position = below(4) === 0 ? below(8) : 8 + below(headerEnd - 8);
        damaged[position] = characters.charCodeAt(below(characters.length));
      }
      await writeFile(path, damaged);
      try {
        const read = await readAll(path);
        const numbers = Object.values(read).flat();
        assert.ok(
          numbers.every((value) => value >= 1 && value <= 6),
          'numbers of the data only',
        );
        assert.ok(numbers.length <= 12 && Object.keys(read).length <= 2);
        accepted++;
      } catch (error) {
        assert.ok(error instanceof Error && error.message.includes(path), String(error));
      }
    }
    assert.ok(accepted > 50 && accepted < 3000, `${accepted} accepted`);
  });
});
