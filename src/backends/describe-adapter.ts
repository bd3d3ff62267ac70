import type { Device } from './backend.js';

/** What a WebGPU adapter says of itself; the type that TensorFlow.js brings along is older than this. */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  /** Browsers leave this and the description empty, so that nobody is known by them. */
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/** Drivers that compute on the CPU, whatever they say of themselves. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** What to call an adapter, and whether it is a GPU. */
export function describeAdapter(info: AdapterInfo): Device {
  const { vendor, architecture, device, description } = info;
  const words = [vendor, architecture, device, description].join(' ');
  const family = `${vendor} ${architecture}`.trim();
  const [name = 'unknown'] = [device, description, family].filter((word) => word !== '');
  const software = softwareDrivers.exec(words)?.[0];
  if (software ?? info.isFallbackAdapter) {
    return { device: `software adapter, ${software ?? name}`, gpu: false };
  }
  return { device: `GPU, ${name}`, gpu: true };
}
