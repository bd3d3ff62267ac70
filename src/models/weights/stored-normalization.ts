import type { tf } from '../../backends/tf.js';
import { readAll } from '../../platform/bytes.js';
import { beside, nameOf, type Source } from '../../platform/source.js';
import { openBytes } from '#platform';
import {
  isNormalization,
  normalizationOf,
  normalizations,
  type Normalization,
} from '../pictures/normalization.js';
import type { WeightsOrigin } from './weights-file.js';
import type { Metadata } from './write-safetensors.js';

/** The name of the text in which a file of ours says it. */
const key = 'normalization';

/** What a file says of a model's normalization: nothing, if it is the usual one. */
export function normalizationMetadata(model: tf.LayersModel): Metadata {
  const normalization = normalizationOf(model);
  if (normalization === normalizations.inception) return {};
  return { [key]: JSON.stringify(normalization) };
}

/**
 * How pictures came to the network whose weights these are, as far as it is told: by our own files in
 * their metadata, by timm in the `config.json` that lies beside its weights, by their origin.
 *
 * @throws Error if a file says it, and says nothing that can be.
 */
export async function storedNormalization(
  source: Source,
  origin: WeightsOrigin,
  metadata: ReadonlyMap<string, string> = new Map(),
): Promise<Normalization> {
  const text = metadata.get(key);
  if (text !== undefined) {
    const stored = parse(text);
    if (isNormalization(stored)) return stored;
    throw new Error(`The normalization in ${nameOf(source)} is not valid: ${text}`);
  }
  if (origin === 'timm') return (await timmNormalization(source)) ?? normalizations.inception;
  return origin === 'facenet-pytorch' ? normalizations.facenet : normalizations.inception;
}

/** Of the configuration with which timm's weights are published. */
async function timmNormalization(source: Source): Promise<Normalization | undefined> {
  const place = typeof source === 'string' ? beside(source, 'config.json') : undefined;
  // Over the network, nobody has asked for another file.
  if (typeof place !== 'string') return undefined;
  const bytes = await readAll(place, openBytes).catch(() => undefined);
  const config = bytes && (parse(new TextDecoder().decode(bytes)) as TimmConfig | undefined);
  const { mean, std } = config?.pretrained_cfg ?? {};
  const normalization = { mean, deviation: std };
  return isNormalization(normalization) ? normalization : undefined;
}

interface TimmConfig {
  readonly pretrained_cfg?: { readonly mean?: unknown; readonly std?: unknown };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
