// The parts of tslab that we use; its own declarations pull in a second TypeScript compiler.
declare module 'tslab/dist/converter.js' {
  interface Converter {
    close(): void;
  }
  const converter: {
    createConverter(): Converter;
    isCompleteCode(code: string): { completed: boolean; indent?: string };
  };
  export default converter;
}

declare module 'tslab/dist/executor.js' {
  interface Executor {
    /** Resolves to whether the cell ran without an error. */
    execute(code: string): Promise<boolean>;
    /** Rejects what a cell waits for. */
    interrupt(): void;
    complete(code: string, place: number): { candidates: string[]; start: number; end: number };
    inspect(code: string, place: number): object | null;
  }
  interface Console {
    log(value: unknown): void;
    error(first: unknown, ...rest: unknown[]): void;
  }
  interface Converters {
    node: import('tslab/dist/converter.js').Converter;
    browser: undefined;
    close(): void;
  }
  const executor: {
    createExecutor(rootDir: string, converters: Converters, console: Console): Executor;
  };
  export default executor;
}

declare module 'tslab/dist/jupyter.js' {
  const jupyter: { lastWriteDisplayData: unknown };
  export default jupyter;
}

declare module 'tslab/dist/inspect.js' {
  const inspection: { printQuickInfo(info: object): string };
  export default inspection;
}

declare module 'tslab/dist/metadata.js' {
  const metadata: {
    getCodeMetadata(code: string): { module?: string; jsx?: boolean; mode?: 'node' | 'browser' };
  };
  export default metadata;
}
