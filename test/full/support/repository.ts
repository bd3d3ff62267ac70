import { fileURLToPath } from 'node:url';

/** The repository's own folder. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));
