/** What cells of a page can import. */
const carriedNames = ['inception-lab', '@tensorflow/tfjs'] as const;

export type CarriedName = (typeof carriedNames)[number];

export function isCarried(specifier: string): specifier is CarriedName {
  return carriedNames.some((name) => name === specifier);
}

/** What a cell is told that imports another one. */
export function notCarried(specifier: string): string {
  const names = carriedNames.map((name) => `'${name}'`).join(', ');
  return `This page does not carry the package '${specifier}'. A cell here can import: ${names}.`;
}
