import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createNetwork,
  googLeNet,
  inceptionResNetV1,
  inceptionV3,
  loadWeights,
} from 'inception-lab';
import { facenetLayout } from '../../../dist/models/weights/pytorch/facenet.js';
import { torchvisionLayout } from '../../../dist/models/weights/pytorch/torchvision.js';
import { writeSafetensors } from '../../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { logitsDifference, type GoldenLogits } from '../../support/golden.js';
import { hashWeights } from '../../support/hash-weights.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** What networks of torchvision and facenet-pytorch answer; made by test/golden/make_pytorch_golden.py. */
const { cases } = JSON.parse(readFileSync('test/golden/pytorch.json', 'utf8')) as {
  cases: (GoldenLogits & { readonly model: string })[];
};

/** Their networks, as ours: the layout, the name, and how to build one. */
const networks = {
  googlenet: [torchvisionLayout, 'googlenet', googLeNet, 'torchvision'],
  inception_v3: [torchvisionLayout, 'inception-v3', inceptionV3, 'torchvision'],
  inception_resnet_v1: [facenetLayout, 'inception-resnet-v1', inceptionResNetV1, 'facenet'],
} as const;

describe("torchvision's and facenet-pytorch's weights", () => {
  const path = join(temporaryFolder(), 'model.safetensors');
  before(useTestBackend);

  for (const golden of cases) {
    it(`give ${golden.model} their own numbers`, async function () {
      this.timeout(120_000);
      const [layout, name, build, variant] = networks[golden.model as keyof typeof networks];
      const inputShape: [number, number, number] = [golden.height, golden.width, 3];
      const options = { inputShape, variant: variant as never, activation: 'linear' } as const;
      const shaped = build(options);
      const shapes = new Map(layout.locate(shaped).map((one) => [one.name, one.shape]));
      shaped.dispose();
      // What they have besides is left out: counters, and classifiers that were never trained.
      const others = new Map([
        ['conv1.bn.num_batches_tracked', []],
        [golden.model === 'googlenet' ? 'aux1.fc1.weight' : 'logits.weight', [2, 3]],
      ]);
      const file = golden.model === 'inception_v3' ? shapes : new Map([...shapes, ...others]);
      await writeSafetensors(path, hashWeights(file, golden.seed));
      const model = await createNetwork(name, {
        inputShape,
        weights: path,
        activation: 'linear',
        tell: () => undefined,
      });
      const difference = await logitsDifference(model, golden);
      assert.ok(difference < 1e-4, `${difference} of the spread`);
      model.dispose();
    });
  }

  it('do not fit networks that they are not for', async () => {
    const paper = googLeNet({ inputShape: [128, 128, 3], width: 0.02, auxiliary: true });
    await assert.rejects(
      loadWeights(paper, path, { from: 'torchvision' }),
      /torchvision's network has no weight like "auxiliary1\/conv1\/kernel"\. Build the model with variant: 'torchvision'/,
    );
    await assert.rejects(
      loadWeights(paper, path, { from: 'facenet-pytorch' }),
      /names are not known for the model "googLeNet", only for: inceptionResNetV1/,
    );
  });
});
