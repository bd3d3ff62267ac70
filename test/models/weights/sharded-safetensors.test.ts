import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inceptionV4, loadWeights, saveWeights, tf } from 'inception-lab';
import { openCheckpoint } from '../../../dist/models/weights/sharded-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { entry, safetensorsBytes } from '../../support/safetensors-bytes.js';
import { noise } from '../../support/noise.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const name = 'model.safetensors.index.json';

describe('A checkpoint in several files', () => {
  const folder = temporaryFolder();
  const path = join(folder, name);
  const write = (file: string, content: Uint8Array | string) =>
    writeFile(join(folder, file), content);
  const writeIndex = (map: unknown) =>
    write(name, JSON.stringify({ metadata: { total_size: 8 }, weight_map: map }, null, 2));
  const one = (tensor: string, value: number) =>
    safetensorsBytes(
      { [tensor]: entry('F32', [1], 0, 4) },
      new Uint8Array(Float32Array.of(value).buffer),
    );

  before(useTestBackend);
  beforeEach(async () => {
    await write('model-00001-of-00002.safetensors', one('a', 1));
    await write('model-00002-of-00002.safetensors', one('b', 2));
    await writeIndex({
      a: 'model-00001-of-00002.safetensors',
      b: 'model-00002-of-00002.safetensors',
    });
  });

  it('is read by its index, from a path and from a URL', async () => {
    for (const source of [path, pathToFileURL(path)]) {
      const file = await openCheckpoint(source);
      const values = [...file.tensors.keys()].map(async (key) => [key, ...(await file.read(key))]);
      assert.deepEqual(await Promise.all(values), [
        ['a', 1],
        ['b', 2],
      ]);
      await file.close();
    }
  });

  it('loads into a network, as one file does', async () => {
    const build = (seed: number) =>
      inceptionV4({ inputShape: [75, 75, 3], width: 0.02, classes: 3, seed });
    const [model, other] = [build(1), build(2)];
    const whole = await saveWeights(model);
    const length = Number(new DataView(whole.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(whole.subarray(8, 8 + length))) as Record<
      string,
      ReturnType<typeof entry>
    >;
    const map: Record<string, string> = {};
    const names = Object.keys(header);
    const shards = [names.slice(0, 100), names.slice(100)];
    for (const [i, shard] of shards.entries()) {
      const parts: Uint8Array[] = [];
      let begin = 0;
      const entries = shard.map((tensor) => {
        const {
          shape,
          data_offsets: [from, to],
        } = header[tensor]!;
        parts.push(whole.subarray(8 + length + from, 8 + length + to));
        map[tensor] = `part ${i}.safetensors`;
        return [tensor, entry('F32', shape, begin, (begin += to - from))] as const;
      });
      await write(
        `part ${i}.safetensors`,
        safetensorsBytes(Object.fromEntries(entries), Buffer.concat(parts)),
      );
    }
    await writeIndex(map);
    await loadWeights(other, path);
    for (const [i, weight] of other.getWeights().entries()) {
      assert.deepEqual(weight.dataSync(), model.getWeights()[i]!.dataSync());
    }
  });

  describe('is refused in a sentence', () => {
    const refusals: Record<string, readonly [unknown, RegExp]> = {
      'where a file is not there': [
        { a: 'none.safetensors' },
        /none\.safetensors" as safetensors: ENOENT/,
      ],
      'where a tensor is not in its file': [
        { a: 'model-00001-of-00002.safetensors', c: 'model-00001-of-00002.safetensors' },
        /"model-00001-of-00002\.safetensors" does not have the tensor "c" that it names\. Give a whole/,
      ],
      'where a file has more than the index says': [
        { a: 'model-00001-of-00002.safetensors', c: 'model-00002-of-00002.safetensors' },
        /it does not say that "model-00002-of-00002\.safetensors" has "b"/,
      ],
      'where a file would not lie beside it': [
        { a: '../model.safetensors' },
        /is in "\.\.\/model\.safetensors", which is not a file next to it/,
      ],
      'where a file is its own folder': [
        { a: '..' },
        /is in "\.\.", which is not a file next to it/,
      ],
      'where a file is no text': [{ a: 7 }, /is in 7, which is not a file next to it/],
      'where there is nothing in it': [{}, /it names no tensors/],
      'where the map is none': [['a'], /it has no "weight_map"/],
      'where an index names itself': [
        { a: name },
        /Cannot read ".*index\.json" as safetensors: it is JSON\./,
      ],
    };
    for (const [what, [map, message]] of Object.entries(refusals)) {
      it(what, async () => {
        await writeIndex(map);
        await assert.rejects(openCheckpoint(path), message);
      });
    }

    it('where it is cut off', async () => {
      await write(name, '{"weight_map": {"a": "mod');
      await assert.rejects(openCheckpoint(path), /it is not complete JSON/);
    });

    it('where nothing lies beside it', async () => {
      const bytes = new TextEncoder().encode('{"weight_map": {"a": "b"}}');
      await assert.rejects(
        openCheckpoint(bytes),
        /26 bytes as the index.*next to it: give its path or URL/,
      );
    });
  });

  it('gives an error that names a file, or the right numbers, for 3000 damaged indexes', async () => {
    const whole = await readFile(path);
    const characters = '{}[]",:0123456789-./\\abF_ \u0000';
    const random = noise(3000 * 9, 2);
    let next = 0;
    const below = (limit: number) => Math.floor(random[next++]! * limit);
    let accepted = 0;
    for (let round = 0; round < 3000; round++) {
      const damaged = Buffer.from(whole);
      for (let changes = 1 + below(2); changes > 0; changes--) {
        damaged[below(whole.length)] = characters.charCodeAt(below(characters.length));
      }
      const isCut = below(4) === 0;
      await writeFile(path, isCut ? damaged.subarray(0, below(whole.length)) : damaged);
      try {
        const file = await openCheckpoint(path);
        for (const [tensor, value] of Object.entries({ a: 1, b: 2 })) {
          if (file.tensors.has(tensor)) assert.deepEqual([...(await file.read(tensor))], [value]);
        }
        await file.close();
        accepted++;
      } catch (error) {
        assert.ok(error instanceof Error && error.message.includes(folder), String(error));
      }
    }
    assert.ok(accepted > 50 && accepted < 2500, `${accepted} accepted`);
  });

  it('says what else a file of weights is', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1 })] });
    const kinds: Record<string, readonly [number[] | string, RegExp]> = {
      'model.h5': [
        '\x89HDF\r\n\x1a\nmore',
        /it is HDF5, like Keras's \.h5: give \{ from: 'keras' \}/,
      ],
      'model.pth': ['PK\x03\x04more of it', /it is a zip archive, like PyTorch's \.pth/],
      'old.pth': ['\x80\x02ctorch._utils', /it is a Python pickle/],
    };
    for (const [file, [start, message]] of Object.entries(kinds)) {
      await write(file, Buffer.from(start as string, 'latin1'));
      await assert.rejects(loadWeights(model, join(folder, file)), message);
    }
  });
});
