import { currentBuild } from '../dist/backends/native/folder.js';
import { childOf } from './gpu-child.js';
import { ours } from './gpu-script.js';

/** What was carried along of the native backend. */
export interface CarriedNative {
  readonly isHere: boolean;
  /** With its device, where it starts: a build for CUDA may find no GPU. */
  readonly title: string;
  readonly sentence: string;
}

export async function carriedNative(): Promise<CarriedNative> {
  const build = currentBuild();
  if (!build)
    return { isHere: false, title: 'native', sentence: 'native: no build was carried along' };
  const { status, output } = await childOf(ours('gpu-adapter', 'native'), 60);
  const title = status === 0 ? (output.trim().split('\n').at(-1) ?? 'native') : 'native';
  const words = status === 0 ? title : 'native: does not start';
  const sentence = `${words}; the build for ${build.kind}, TensorFlow ${build.tensorflow}`;
  return { isHere: true, title, sentence };
}
