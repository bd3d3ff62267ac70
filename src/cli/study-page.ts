import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { renderSvg } from '../kernel/display/render-svg.js';
import { digestOf, type DoneStudy } from '../training/studies/digest.js';
import { evaluation } from '../training/studies/evaluation/declaration.js';
import { evaluationTable, judgeEvaluation } from '../training/studies/evaluation/ensembles.js';
import type { NetworkResult } from '../training/studies/evaluation/evaluate-network.js';
import { studies } from '../training/studies/index.js';
import { judge, type Judgement } from '../training/studies/judge.js';
import { claimTable, hoursOf, inWords, ratesInWords, report } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import type { RunResult } from '../training/studies/run.js';
import type { Comparison } from '../training/studies/study.js';
import type { Specification } from '../viz/index.js';
import { readEvaluations } from './run-evaluation.js';
import { readAndTell } from './study-done.js';
import { picturesOf } from './study-pictures.js';

/** What the page tells of one study. */
interface Section {
  readonly text: string;
  readonly judgements: readonly Judgement[];
  readonly results: readonly Pick<RunResult, 'seconds'>[];
}

export interface PageFlags {
  readonly results: string;
  readonly output: string;
}

/** Writes all studies' results, with their pictures beside, as Markdown; and their digest, as JSON. */
export async function writeReport({ results: folder, output }: PageFlags): Promise<void> {
  const results = new Results(folder);
  const done: DoneStudy[] = [];
  for (const study of studies) {
    done.push({ study, ...(await readAndTell(study, 'full', results)) });
  }
  const evaluated = await readEvaluations(folder, 'full');
  const sections: Section[] = [];
  for (const own of done) if (own.done.length > 0) sections.push(await sectionOf(own, output));
  if (evaluated[0]) sections.push(evaluationSection(evaluated, evaluated[0]));
  const all = sections.flatMap((section) => section.results);
  const page = [
    preface(all),
    claimTable(sections.flatMap(({ judgements }) => judgements)),
    ...sections.map(({ text }) => text),
  ];
  await writeFileAtomic(output, `${page.join('\n\n')}\n`);
  // What lessons read: the same numbers, without the prose.
  const digest = output.replace(/(\.md)?$/, '.json');
  await writeFileAtomic(digest, `${JSON.stringify(digestOf(done, evaluated))}\n`);
  console.log(`The report is in ${output}`);
}

function preface(results: Section['results']): string {
  return `# The paper's ablations, rerun

Written by \`npx inception-lab study report\` from the results in \`studies/\`, one file per run: ${results.length} runs, ${hoursOf(results)} hours of computing. To run a study anew: \`npx inception-lab study run NAME --results mine\`. [Training](training.md#how-claims-are-judged) says how claims are judged, and what the words mean. Tables give the mean over the seeds and, in brackets, the least and the greatest value; plots show them as a line and a band. With three seeds an interval is as wide as their range, and by chance alone all three would agree in sign one time in four. The hours are those that were spent, two runs at a time and often beside other work.

## The paper's sentences, and what we saw`;
}

function evaluationSection(results: readonly NetworkResult[], first: NetworkResult): Section {
  const judgements = judgeEvaluation(results);
  const { name, question, source, differs, sizes } = evaluation;
  const { backend, device } = first;
  const text = [
    `## ${name}: ${question}`,
    `${source}. What differs: ${differs}`,
    `${results.length} networks on ${sizes.full.test} pictures of the test set, in ${hoursOf(results)} hours, on ${backend} (${device}); ${codeOf(results)}, ${daysOf(results)}.`,
    evaluationTable(results),
    judgements.map((judgement) => `- ${inWords(judgement)}`).join('\n'),
  ].join('\n\n');
  return { text, judgements, results };
}

async function sectionOf({ study, tuned, done }: DoneStudy, output: string): Promise<Section> {
  const pictures = await draw(
    picturesOf(study, done),
    `${basename(output, '.md')}-${study.name}`,
    output,
  );
  const parts: string[] = [];
  for (const comparison of study.comparisons) {
    const own = (all: readonly RunResult[]) =>
      all.filter(({ config }) => config.comparison === comparison.name);
    if (own(done).length === 0) continue;
    const picture = pictures.get(comparison.name) ?? '';
    parts.push(partOf(comparison, { done: own(done), tuned: own(tuned), picture }));
  }
  const depth = pictures.get('depth');
  const head = `## ${study.name}: ${study.question}

${study.source}. What differs: ${study.differs}`;
  const text = [head, ...parts, ...(depth === undefined ? [] : [depth])].join('\n\n');
  return {
    text,
    judgements: study.comparisons.flatMap(({ name, claims }) =>
      claims.map((claim) =>
        judge(
          claim,
          done.filter(({ config }) => config.comparison === name),
        ),
      ),
    ),
    results: [...tuned, ...done],
  };
}

/** @returns what stands in the page, by the pictures' names */
async function draw(
  plots: ReadonlyMap<string, Specification>,
  prefix: string,
  output: string,
): Promise<Map<string, string>> {
  const lines = new Map<string, string>();
  for (const [name, plot] of plots) {
    const file = `${prefix}-${name}.svg`;
    await writeFileAtomic(join(dirname(output), file), renderSvg(plot));
    lines.set(name, `![${plot.description}](${file})`);
  }
  return lines;
}

type Stamped = Pick<RunResult, 'versions' | 'date'>;

/** All versions of our code that had a part in it. */
function codeOf(results: readonly Stamped[]): string {
  const versions = new Set(results.map(({ versions }) => versions.inceptionLab));
  return `Inception Lab ${[...versions].join(' and ')}`;
}

function daysOf(results: readonly Stamped[]): string {
  const days = results.map(({ date }) => date.slice(0, 10)).sort();
  const [first, last] = [days.at(0), days.at(-1)];
  return first === last ? `${first}` : `${first} to ${last}`;
}

interface Part {
  readonly done: readonly RunResult[];
  readonly tuned: readonly RunResult[];
  readonly picture: string;
}

function partOf(comparison: Comparison, { done, tuned, picture }: Part): string {
  const { seeds, data, train, test, shrink, training } = comparison.sizes.full;
  const settings = Object.entries(training)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  const count = Object.keys(comparison.arms).length * seeds.length;
  const all = [...tuned, ...done];
  const [{ device, backend, versions }] = done as [RunResult];
  const tuning = tuned.length === 0 ? '' : `, after ${tuned.length} to choose learning rates`;
  const size = shrink === undefined ? '' : `, at 1/${shrink} of their height and width`;
  return [
    `### ${comparison.title}`,
    `${train} pictures of ${data} to train with, ${test} to test with${size}; as published, except for ${settings}. ${done.length} of ${count} runs are done${tuning}, in ${hoursOf(all)} hours, on ${backend} (${device}); ${codeOf(all)}, Node ${versions.node}, TensorFlow.js ${versions.tensorflow}, ${daysOf(all)}.${ratesInWords(comparison.sizes.full, tuned)}`,
    picture,
    report(comparison, done),
  ].join('\n\n');
}
