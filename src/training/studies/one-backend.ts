import type { RunResult } from './run.js';

/**
 * Networks are compared where they were computed alike.
 *
 * @param more a backend that is about to add results
 * @throws Error that names the backends, if there are several in one comparison.
 */
export function requireOneBackend(results: readonly RunResult[], more?: string): void {
  const backends = new Map<string, Set<string>>();
  for (const { config, backend } of results) {
    const found = backends.get(config.comparison) ?? new Set(more === undefined ? [] : [more]);
    backends.set(config.comparison, found.add(backend));
  }
  for (const [comparison, names] of backends) {
    if (names.size < 2) continue;
    throw new Error(
      `The results of ${comparison} would be mixed: ${[...names].join(' and ')}. ` +
        'Go on with the --backend that has begun, or choose another --results folder.',
    );
  }
}
