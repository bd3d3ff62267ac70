import type { BackendName, Device } from './backend.js';

/** Which backend is the best here, on what it computes, and why each better one is not. */
export interface BackendChoice<Name extends BackendName = BackendName> extends Device {
  readonly name: Name;
  readonly skipped: readonly SkippedBackend<Name>[];
}

/** The backend that computes here. */
export interface BackendReport<Name extends BackendName = BackendName> extends BackendChoice<Name> {
  /** The kernels of TensorFlow.js that ours replace on it, since its own are wrong, slow or missing. */
  readonly kernels: readonly string[];
}

/** A backend that was passed over. */
export interface SkippedBackend<Name extends BackendName = BackendName> {
  readonly name: Name;
  /** A clause that completes "it was passed over because …". */
  readonly why: string;
}

/** One line that says which backend was chosen, on what device, and why better ones were not. */
export function describeBackend({ name, device, skipped }: BackendChoice): string {
  const passedOver = skipped.length > 0 ? `; passed over ${reasons(skipped)}` : '';
  return `${name} (${device})${passedOver}`;
}

export function reasons(skipped: readonly SkippedBackend[]): string {
  return skipped.map(({ name, why }) => `${name}: ${why}`).join('; ');
}

/** What a wish ends with that cannot be met. */
export function cannotStart(name: BackendName, why: string, all: readonly BackendName[]): Error {
  const others = all.filter((other) => other !== name);
  return new Error(
    `The backend "${name}" was asked for, but cannot start: ${why}. ` +
      `Choose another of: ${others.join(', ')}, or leave the choice open.`,
  );
}
