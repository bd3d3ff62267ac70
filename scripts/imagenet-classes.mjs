// Writes src/models/imagenet-classes.ts from two lists of timm's (PyTorch Image Models, Apache-2.0,
// timm/data/_info): node scripts/imagenet-classes.mjs imagenet_synsets.txt imagenet_synset_to_lemma.txt
import { readFileSync, writeFileSync } from 'node:fs';

/** Two pairs of classes share their first lemma. */
const distinct = {
  n02012849: 'crane (bird)',
  n03126707: 'crane (machine)',
  n03710721: 'maillot (tank suit)',
};

const [synsets, lemmas] = process.argv.slice(2).map((path) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')),
);
const lemmaOf = new Map(lemmas);
const names = synsets.map(([id]) => distinct[id] ?? lemmaOf.get(id).split(',')[0]);

writeFileSync(
  'src/models/imagenet-classes.ts',
  `/**
 * The 1000 classes of ImageNet (ILSVRC 2012) in the usual order, that of their WordNet ids: the
 * first lemma of each, from timm (PyTorch Image Models, Apache-2.0) by scripts/imagenet-classes.mjs.
 */
export const imagenetClasses: readonly string[] = \`
${fill(names.map((name, i) => name + (i < names.length - 1 ? ',' : '')))}
\`
  .trim()
  .split(/,\\s+/);
`,
);

/** Breaks lines so that none is longer than 100 characters. */
function fill(words) {
  const lines = [''];
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length > 100) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join('\n');
}
