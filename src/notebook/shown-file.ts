/** Of a file that a cell shows, for the course's pages; other front ends show the text beside it. */
export const fileType = 'application/vnd.inception-lab.file+json';

export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/** What an output holds under {@link fileType}, if it is one; whoever wrote the notebook wrote it. */
export function shownFile(value: unknown): ShownFile | undefined {
  const { name, text } = (value ?? {}) as Partial<ShownFile>;
  return typeof name === 'string' && typeof text === 'string' ? { name, text } : undefined;
}
