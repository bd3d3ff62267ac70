// The parts of tslab that we use; its own declarations pull in a second TypeScript compiler.
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

declare module '@tslab/typescript-for-tslab' {
  const compiler: object;
  export default compiler;
}
