/** Of a result, what it was computed for and on. */
export interface Computed {
  readonly config: { readonly comparison: string };
  readonly backend: string;
}

/**
 * Networks are compared where they were computed alike.
 *
 * @throws Error that names the backends, if there are several in one comparison.
 */
export function requireOneBackend(results: readonly Computed[]): void {
  const backends = new Map<string, Set<string>>();
  for (const { config, backend } of results) {
    const found = backends.get(config.comparison) ?? new Set();
    backends.set(config.comparison, found.add(backend));
  }
  for (const [comparison, names] of backends) {
    if (names.size < 2) continue;
    throw new Error(
      `The results of ${comparison} would be mixed: ${[...names].join(' and ')}. ` +
        'Continue with the --backend that began, or choose another --results folder.',
    );
  }
}
