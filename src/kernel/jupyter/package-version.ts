import { createRequire } from 'node:module';

/** This package's. */
export const { version } = createRequire(import.meta.url)('../../../package.json') as {
  version: string;
};
