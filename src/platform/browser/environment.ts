import type { Platform } from '../platform.js';

const variables = new Map<string, string>();

/** A page has no environment variables but those that it gives itself. */
export function setEnvironment(name: string, value: string): void {
  variables.set(name, value);
}

export const environment: Platform['environment'] = (name) => variables.get(name);
