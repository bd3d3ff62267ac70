import type { NodePlaces } from '../node-places.js';

/** What a prepared compiler is told as it starts. */
export interface Given {
  /** The notebook's folder. */
  readonly cwd: string;
  readonly places: NodePlaces;
}

/** As it is written on a command line. */
export function argumentOf(given: Given): string {
  return JSON.stringify(given);
}

export function given(argument: string): Given {
  return JSON.parse(argument) as Given;
}
