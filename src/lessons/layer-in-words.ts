const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** How a segment of a layer's name is said. */
const nouns: Readonly<Record<string, string>> = {
  conv: 'convolution',
  pool: 'pool',
  fork: 'fork',
  concat: 'concatenation',
  linear: 'linear 1×1 convolution',
  add: 'scaled sum',
  batchNorm: 'batch normalization',
  relu: 'ReLU',
  logits: 'fully connected layer',
  dropout: 'dropout',
  softmax: 'softmax',
};

/**
 * A layer's name as a learner says it: `'A/branch3/conv2/relu'` is "the ReLU of the second
 * convolution of branch 3". A name that is not built of the library's parts stays what it is.
 */
export function nameInWords(name: string): string {
  const segments = name.split('/').map(segmentInWords);
  const known = segments.filter((words) => words !== undefined);
  if (known.length === 0 || segments.at(-1) === undefined) return `the layer ${name}`;
  return known.reverse().join(' of ');
}

function segmentInWords(segment: string): string | undefined {
  const [, stem = '', number = ''] = /^([a-zA-Z]+?)(\d*)$/.exec(segment) ?? [];
  if (stem === 'branch') return `branch ${number}`;
  if (stem === 'split') return `split ${number}`;
  const noun = nouns[stem];
  if (noun === undefined) return undefined;
  const ordinal = stem === 'conv' ? (ordinals[Number(number) - 1] ?? '') : '';
  return `the ${ordinal} ${noun}`.replace('  ', ' ');
}
