/** What a cell, or a module of the learner's, finds under the name `__cell__`. */
export interface CellContext {
  /** `import.meta` */
  readonly meta: object;
  /** `import()` */
  readonly import: (specifier: string) => Promise<unknown>;
  /** What `import x from` takes of a module. */
  readonly default: (module: Exports) => unknown;
  /** What `import * as x from` takes of it. */
  readonly namespace: (module: Exports) => unknown;
  /** The cell's last expression. */
  result?: unknown;
}

export type Exports = Record<string, unknown> | undefined | null;

export type Require = (specifier: string) => unknown;

export function defaultOf(module: Exports): unknown {
  return module?.__esModule ? module.default : module;
}

export function namespaceOf(module: Exports): unknown {
  if (module?.__esModule || module?.[Symbol.toStringTag as unknown as string] === 'Module') {
    return module;
  }
  return { ...module, default: module };
}

/** An ES module, as Node marks it where `require` takes such a one. */
export function asRequired(namespace: object): object {
  if (!('default' in namespace) || '__esModule' in namespace) return namespace;
  return Object.create(namespace, { __esModule: { value: true } }) as object;
}
