import type { tf } from '../backends/tf.js';
import { googLeNet } from './googlenet.js';
import { inceptionResNetV1 } from './inception-resnet-v1.js';
import { inceptionResNetV2 } from './inception-resnet-v2.js';
import { inceptionV3 } from './inception-v3.js';
import { inceptionV4 } from './inception-v4.js';
import type { NetworkName } from './network-names.js';
import type { NetworkOptions } from './network.js';

/** Options that are checked at run time: a variant is one of those that its network has. */
export type AnyNetworkOptions = NetworkOptions & { readonly variant?: never };

/** The networks by the names that commands know them by. */
export const networks = {
  'inception-v4': inceptionV4,
  'inception-resnet-v1': inceptionResNetV1,
  'inception-resnet-v2': inceptionResNetV2,
  'inception-v3': inceptionV3,
  googlenet: googLeNet,
} as const satisfies Record<NetworkName, (options?: AnyNetworkOptions) => tf.LayersModel>;
