import { tf } from 'inception-lab';

/** What comes back from TensorFlow.js's own format, in memory. */
export async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      const modelArtifactsInfo = { dateSaved: new Date(), modelTopologyType: 'JSON' } as const;
      return Promise.resolve({ modelArtifactsInfo });
    }),
  );
  if (!saved) throw new Error('The model was not saved.');
  return tf.loadLayersModel(tf.io.fromMemory(saved));
}
