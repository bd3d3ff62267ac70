import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from '../../../dist/models/weights/convert.js';
import { openSafetensors } from '../../../dist/models/weights/safetensors.js';
import {
  writeSafetensors,
  type TensorSource,
} from '../../../dist/models/weights/write-safetensors.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

function source(name: string, shape: readonly number[], values: Iterable<number>): TensorSource {
  return { name, shape, read: () => Promise.resolve(Float32Array.from(values)) };
}

describe('The safetensors writer', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'file.safetensors');

  it('writes length, header and little-endian numbers', async () => {
    await writeSafetensors(path, [source('a', [2], [1, -2]), source('s', [], [0.5])]);
    const bytes = await readFile(path);
    const end = 8 + Number(bytes.readBigUInt64LE());
    assert.equal(end % 8, 0, 'the numbers are aligned');
    assert.deepEqual(JSON.parse(bytes.toString('utf8', 8, end)), {
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
      s: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
    });
    assert.equal(bytes.toString('hex', end), '0000803f' + '000000c0' + '0000003f');
  });

  it('writes what the reader reads, whatever the names and numbers', async () => {
    const names = ['__proto__', 'constructor', '9', 'ε\n"', 'empty'];
    const numbers = [-0, NaN, -Infinity, 1.401298464324817e-45, 3.4028234663852886e38];
    await writeSafetensors(
      path,
      names.map((name) =>
        name === 'empty' ? source(name, [0, 3], []) : source(name, [5], numbers),
      ),
    );
    const file = await openSafetensors(path);
    assert.deepEqual(new Set(file.tensors.keys()), new Set(names));
    for (const name of names) {
      assert.deepEqual(Array.from(await file.read(name)), name === 'empty' ? [] : numbers);
    }
    await file.close();
  });

  it('rounds to float16 as IEEE 754 does: to the nearest, of two as near to the even', async () => {
    const rounded = [
      ...([
        [1, 0x3c00],
        [-2, 0xc000],
        [-0, 0x8000],
        [1 / 3, 0x3555],
        [0.1, 0x2e66],
      ] as const),
      // Between two of ten bits of fraction; the second is nearer to what is above it.
      ...([
        [1 + 2 ** -11, 0x3c00],
        [1 + 3 * 2 ** -11, 0x3c02],
        [2 - 2 ** -12, 0x4000],
      ] as const),
      // Below 2^-14 they are 2^-24 apart.
      ...([
        [2 ** -14, 0x0400],
        [2 ** -24, 1],
        [2 ** -25, 0],
        [3 * 2 ** -25, 2],
      ] as const),
      ...([
        [65_504, 0x7bff],
        [65_519, 0x7bff],
        [Infinity, 0x7c00],
        [NaN, 0x7e00],
      ] as const),
    ];
    const numbers = rounded.map(([number]) => number);
    const tensor = source('a', [numbers.length], numbers);
    await writeSafetensors(path, [tensor], { dtype: 'F16' });
    const bytes = await readFile(path);
    const end = 8 + Number(bytes.readBigUInt64LE());
    const halves = numbers.map((_, i) => bytes.readUInt16LE(end + 2 * i));
    const expected = rounded.map(([, half]) => half);
    assert.deepEqual(halves, expected);
    assert.match(bytes.toString('utf8', 8, end), /"dtype":"F16"/);
  });

  it('writes every number of float16 as it was read', async () => {
    const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
    const values = decode('F16', new Uint8Array(all.buffer));
    await writeSafetensors(path, [source('a', [all.length], values)], { dtype: 'F16' });
    const file = await openSafetensors(path);
    assert.deepEqual(await file.read('a'), values);
    await file.close();
  });

  it('writes no float16 of a number beyond its largest, and names the tensor', async () => {
    await writeSafetensors(path, []);
    const before = await readFile(path);
    await assert.rejects(
      writeSafetensors(path, [source('a', [2], [1, 65_520])], { dtype: 'F16' }),
      /Cannot write ".*file\.safetensors": the tensor "a": 65520 is beyond float16/,
    );
    assert.deepEqual(await readFile(path), before);
  });

  it('makes the folders that it needs', async () => {
    await writeSafetensors(join(folder, 'a', 'b', 'c'), []);
    assert.deepEqual(await readdir(join(folder, 'a', 'b')), ['c']);
  });

  it('asks for a tensor when its turn has come, not before', async () => {
    const asked: string[] = [];
    const slow = (name: string): TensorSource => ({
      name,
      shape: [1],
      read: async () => {
        asked.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        asked.push(`${name} ends`);
        return Float32Array.of(0);
      },
    });
    await writeSafetensors(path, [slow('a'), slow('b')]);
    assert.deepEqual(asked, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  const failing: Record<string, [tensors: TensorSource[], why: RegExp]> = {
    'a tensor cannot be had': [
      [
        source('a', [1], [1]),
        { name: 'b', shape: [1], read: () => Promise.reject(new Error('the device is gone')) },
      ],
      /the device is gone/,
    ],
    'a tensor has too few numbers': [
      [source('a', [1], [1]), source('b', [2, 2], [1])],
      /tensor "b" of shape \[2, 2\] came with 1 numbers/,
    ],
    'two tensors have one name': [
      [source('a', [1], [1]), source('a', [1], [1])],
      /two tensors are called "a"/,
    ],
    'a tensor has the name of the metadata': [
      [source('__metadata__', [1], [1])],
      /no tensor can be called "__metadata__"/,
    ],
  };

  for (const [what, [tensors, why]] of Object.entries(failing)) {
    it(`leaves the old file, and nothing else, when ${what}`, async () => {
      await writeFile(path, 'the old file');
      const before = await readdir(folder);
      await assert.rejects(writeSafetensors(path, tensors), ({ message }: Error) => {
        assert.match(message, why);
        assert.match(message, /^Cannot write ".*file\.safetensors": /);
        return true;
      });
      assert.equal(await readFile(path, 'utf8'), 'the old file');
      assert.deepEqual(await readdir(folder), before);
    });
  }

  it('says why a file cannot be written', async () => {
    await writeFile(join(folder, 'no-folder'), '');
    const inside = join(folder, 'no-folder', 'file.safetensors');
    await assert.rejects(writeSafetensors(inside, []), /Cannot write ".*file\.safetensors": E/);
    await assert.rejects(writeSafetensors(join(folder, 'a'), []), /Cannot write ".*a": E/);
    assert.equal((await readdir(folder)).filter((name) => name.endsWith('.tmp')).length, 0);
  });
});
