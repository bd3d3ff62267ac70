/** What commands know the networks by. */
export const networkNames = [
  'inception-v4',
  'inception-resnet-v1',
  'inception-resnet-v2',
  'inception-v3',
  'googlenet',
] as const;

export type NetworkName = (typeof networkNames)[number];

/** @throws Error that lists the networks there are, if this is none of them. */
export function parseNetworkName(name: string): NetworkName {
  const known = networkNames.find((candidate) => candidate === name);
  if (known) return known;
  throw new Error(`There is no network "${name}". Choose one of: ${networkNames.join(', ')}.`);
}
