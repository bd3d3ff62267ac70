/**
 * A cell that defines `trained`: eight epochs of a small network on wasm, kept under a name until they
 * have ended; and `steps`, which counts those that were done.
 */
export const training = `
  import { loadCoursePictures, tf, train, trainingProgress, useBackend } from 'inception-lab';
  await useBackend('wasm');
  const data = await loadCoursePictures('cifar10');
  let steps = 0;
  /** The losses, to the last bit; after the first epoch, each step may take some milliseconds. */
  async function trained(name: string, pause = 0): Promise<string> {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [32, 32, 3], filters: 8, kernelSize: 3, name: 'conv' }),
        tf.layers.reLU({ name: 'relu' }),
        tf.layers.flatten({ name: 'flat' }),
        tf.layers.dense({ units: 10, name: 'logits' }),
      ],
    });
    model.weights.forEach(({ shape }, i) => {
      model.weights[i].write(tf.randomNormal(shape as number[], 0, 0.02, 'float32', i + 1));
    });
    const live = trainingProgress();
    const onStep = (result: any) => {
      steps++;
      live.onStep(result);
      const end = performance.now() + (result.epoch > 1 ? pause : 0);
      while (performance.now() < end);
    };
    const config = { epochs: 8, batchSize: 10 };
    const curve = await train(model, data, config, { resume: name, ...live, onStep: onStep });
    return curve.map(({ loss }) => loss).join();
  }`;
