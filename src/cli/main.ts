#!/usr/bin/env node
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { backendNames } from '../backends/backend.js';
import { defaultKernelName } from '../kernel/jupyter/kernelspec.js';
import { version } from '../kernel/jupyter/package-version.js';
import { networkNames } from '../models/network-names.js';
import { cropCounts, type CropCount } from '../models/pictures/views.js';
import { weightsDtypes } from '../models/weights/dtypes.js';
import { datasetNames } from '../training/data/sources.js';
import { clearBar } from './clear-bar.js';
import { formats } from './export-formats.js';
import { isolationWishes } from './grade-flags.js';
import type { RunFlags } from './run-flags.js';
import { parseShard } from './shard.js';

/** Where a kernel may be installed besides the user's folder. */
const places = ['prefix', 'sysPrefix'];

/** What makes no sense of a job for Kubernetes, whose pods have shares and a folder of their own. */
const otherPlaces = ['slurm', 'shard', 'results'];

/** What can be looked at without weights. */
const weightsFile =
  'a .safetensors, .h5, .weights.h5 or .keras file, whose origin is recognized; none for a model.json';
const pictureFile = 'a JPEG, PNG, WebP, GIF, TIFF or AVIF file';
const networkOrFile = `one of: ${networkNames.join(', ')}; or a file of your own: a recipe or a model.json`;

/** A week; Node's timers end at 24 days. */
const mostSeconds = 604_800;

const program = new Command('inception-lab')
  .description('Inception-v4 and the Inception-ResNets, step by step, in TypeScript notebooks.')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

program
  .command('run')
  .description('run the course and serve it as web pages, or run notebooks of your own')
  .argument('[notebooks...]', 'notebooks to run instead of the course')
  .option('--lesson <number>', 'run only this lesson')
  .option('--backend <name>', `compute with one of: ${backendNames.join(', ')}`)
  .option('--cell-timeout <seconds>', 'how long one cell may take', seconds, 120)
  .option('--allow-errors', 'continue after a cell that fails', false)
  .option('--output <folder>', 'where notebooks and pages are written', 'build')
  .option('--no-serve', 'end when everything has run')
  .option(
    '--port <number>',
    'serve on this port (by default the usual one, or else a free one)',
    portNumber,
    0,
  )
  .action(async (notebooks: string[], flags: RunFlags) => {
    const { runCommand } = await import('./run.js');
    process.exitCode = await runCommand(notebooks, flags);
  });

program
  .command('notebooks')
  .description("write the learner's notebooks, for Jupyter or VS Code")
  .option('--output <folder>', 'where they are written', 'notebooks')
  .action(async ({ output }: { output: string }) => {
    const { writeNotebooks } = await import('./write-notebooks.js');
    await writeNotebooks(output);
  });

program
  .command('assignment')
  .description('write lessons as assignments for nbgrader, which hands them out and marks them')
  .argument('[lessons...]', 'numbers or names; all lessons if none are given')
  .option('--output <folder>', "nbgrader's course folder", 'course')
  .option('--force', 'overwrite files that have been changed', false)
  .action(later(async () => (await import('./write-assignments.js')).writeAssignments));

program
  .command('grade')
  .description('mark what learners have handed in, and write marks, feedback and an overview')
  .argument('<submissions>', 'a folder, or a zip from Moodle or Canvas')
  .requiredOption('--assignment <lesson>', 'which lesson: its number or name')
  .option('--source <notebook>', "nbgrader's source notebook, if you have changed the lesson")
  .option('--learner <names...>', 'mark only what these learners have handed in')
  .option(
    '--jobs <number>',
    'how many are marked at once (default: half of the cores)',
    positiveWhole,
  )
  .option('--output <folder>', 'where marks are written', 'marks')
  .addOption(
    new Option('--isolation <kind>', 'how answers are kept away from everything else')
      .choices(isolationWishes)
      .default('best'),
  )
  .option('--call-timeout <seconds>', 'how long one call of an answer may take', seconds, 20)
  .option('--timeout <seconds>', 'how long one submission may take', seconds, 300)
  .option(
    '--memory <megabytes>',
    'how much memory an answer may take, tensors included',
    positiveWhole,
    3000,
  )
  .option('--allow-library', "accept answers that use the library's own version", false)
  .option('--hidden-tests', 'show in feedback what hidden tests say', false)
  .addOption(
    new Option('--shard <i/n>', 'mark only the i-th of n parts')
      .argParser(parseShard)
      .default({ part: 1, parts: 1 }, 'all'),
  )
  .addOption(
    new Option('--slurm <tasks>', 'let Slurm mark them, as an array of this many tasks')
      .argParser(positiveWhole)
      .conflicts(['shard']),
  )
  .action(later(async () => (await import('./grade.js')).grade));

program
  .command('summary')
  .description('show what a network consists of and what it costs')
  .argument('<network>', networkOrFile)
  .option('--variant <name>', "which variant: the paper's, slim's, …")
  .option('--input <size>', 'height x width x channels: 299x299x3', inputShape)
  .option('--depth <levels>', 'how many levels of the tree of names are shown', wholeNumber, 1)
  .option('--json', 'print everything as JSON, for programs', false)
  .action(later(async () => (await import('./summary.js')).printSummary));

program
  .command('diagram')
  .description('draw a network, or one block of it, as the paper does')
  .argument('<network>', networkOrFile)
  .argument('[block]', 'what its layers’ names begin with: inceptionA1')
  .requiredOption('--output <file>', 'the .svg file')
  .option('--variant <name>', "which variant: the paper's, slim's, …")
  .option('--input <size>', 'height x width x channels: 299x299x3', inputShape)
  .action(later(async () => (await import('./diagram.js')).drawDiagram));

program
  .command('explain')
  .description('show what a network with weights sees in a picture, and which parts speak for it')
  .usage('[options] <network> [weights] <image>')
  .argument('<network>', networkOrFile)
  .argument('<weights>', weightsFile)
  .argument('[image]', pictureFile)
  .requiredOption('--output <file>', 'a page (.html) or a picture (.png)')
  .option('--top <classes>', 'how many classes are explained', positiveWhole, 3)
  .option('--input <size>', 'height x width x channels: 299x299x3', inputShape)
  .action(later(async () => (await import('./explain.js')).explain));

program
  .command('predict')
  .description('print what a network with weights sees in a picture')
  .usage('[options] <network> [weights] <image>')
  .argument('<network>', networkOrFile)
  .argument('<weights>', weightsFile)
  .argument('[image]', pictureFile)
  .option('--top <classes>', 'how many classes are printed', positiveWhole, 5)
  .option('--input <size>', 'height x width x channels: 299x299x3', inputShape)
  .option('--crops <count>', `average over ${cropCounts.join(', ')} crops`, cropCount, 1)
  .action(later(async () => (await import('./predict.js')).printPrediction));

program
  .command('export')
  .description('write a network with its weights for ONNX Runtime, or its weights for timm')
  .argument('<network>', networkOrFile)
  .argument('[weights]', weightsFile)
  .addOption(
    new Option('--to <format>', 'what to write for').choices(formats).makeOptionMandatory(),
  )
  .requiredOption('--output <file>', 'the .onnx or .safetensors file')
  .option('--input <size>', 'height x width x channels: 299x299x3', inputShape)
  .action(later(async () => (await import('./export.js')).exportNetwork));

program
  .command('data')
  .description('fetch a set of small pictures to train with, and check it')
  .addArgument(new Argument('<name>', 'which set').choices(datasetNames))
  .option('--from <path>', 'take it from this folder or tarball instead')
  .action(later(async () => (await import('./data.js')).fetchData));

program
  .command('train')
  .description('train the network of a recipe, and write its weights')
  .argument('<recipe>', 'a JSON file that names data, network and training')
  .requiredOption('--output <file>', 'the weights, as safetensors')
  .addOption(
    new Option('--dtype <type>', 'the type in which weights are saved')
      .choices(weightsDtypes)
      .default('float32'),
  )
  .option('--backend <name>', `compute with one of: ${backendNames.join(', ')}`)
  .option('--tensor-board <folder>', "write TensorBoard's logs (native backend)")
  .action(later(async () => (await import('./train.js')).trainRecipe));

const study = program
  .command('study')
  .description("the paper's claims as experiments: list them, run one, or show its results");

study
  .command('list')
  .description('list the studies')
  .action(later(async () => (await import('./study.js')).listStudies));

const studyRun = studyCommand('run', 'do the runs that are not done yet, and show the results')
  .action(later(async () => (await import('./study.js')).runStudy))
  .addOption(
    new Option('--shard <i/n>', 'do only the i-th of n parts')
      .argParser(parseShard)
      .default({ part: 1, parts: 1 }, 'all'),
  )
  .addOption(
    new Option(
      '--stage <name>',
      'only the runs that choose learning rates, or only the final ones',
    ).choices(['tuning', 'final']),
  )
  .addOption(
    new Option('--slurm', 'let Slurm do the runs, as a job array')
      .default(false)
      .conflicts(['shard']),
  )
  .addOption(
    new Option('--kubernetes', 'print an indexed job for Kubernetes').conflicts(otherPlaces),
  )
  .option(
    '--image <name>',
    "Kubernetes: the image, built from the package's Containerfile (inception-lab)",
  )
  .option('--claim <name>', 'Kubernetes: the volume claim for results (inception-lab-results)')
  .option('--parallelism <pods>', 'Kubernetes: how many pods at once (8)', positiveWhole)
  .option('--gpus <count>', 'Kubernetes: GPUs per pod (none)', wholeNumber);
const studyPrice = studyCommand(
  'price',
  'time each network, and say how long all runs will take',
).action(later(async () => (await import('./study-price.js')).priceStudy));
for (const command of [studyRun, studyPrice]) {
  command.option('--backend <name>', `compute with one of: ${backendNames.join(', ')}`);
}
studyCommand('show', 'show the results so far').action(
  later(async () => (await import('./study.js')).showStudy),
);
studyCommand('export', 'print the results, one row per epoch')
  .option('--csv', 'as comma-separated values', false)
  .action(later(async () => (await import('./study-export.js')).exportStudy));

study
  .command('compare')
  .description('say how much two results folders differ in the runs that both have')
  .argument('<ours>', 'a results folder')
  .argument('<theirs>', 'another one')
  .action(later(async () => (await import('./study-compare.js')).compareFolders));

/**
 * A command's own module, which most often loads TensorFlow.js, is loaded when the command is called:
 * help, and an error in the command line, come without it.
 */
function later<Given extends unknown[]>(
  load: () => Promise<(...given: Given) => unknown>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const run = await load();
    await run(...given);
  };
}

/** With what all of them take. */
function studyCommand(name: string, description: string): Command {
  return study
    .command(name)
    .description(description)
    .argument('<name>', 'which study')
    .option('--small', 'for a first look, in minutes', false)
    .option('--large', 'for a GPU or a cluster, in days', false)
    .option('--only <comparison>', 'only this comparison')
    .option('--results <folder>', 'where results are kept', 'studies');
}

study
  .command('report')
  .description('write the results of all studies as a page of docs/')
  .option('--results <folder>', 'where results are kept', 'studies')
  .option('--output <file>', 'the page', newFile, 'docs/ablations.md')
  .action(later(async () => (await import('./study-page.js')).writeReport));

const backend = program
  .command('backend')
  .description('say which TensorFlow.js backends work here, on what device, and how fast')
  .action(later(async () => (await import('./backend.js')).printBackends));

backend
  .command('install')
  .description(
    'install the native backend: for CUDA if there is an NVIDIA driver, else for the CPU',
  )
  .addOption(
    new Option('--cpu', "build it for the CPU, with TensorFlow's library from PyPI").conflicts([
      'cuda',
      'prebuilt',
    ]),
  )
  .addOption(
    new Option('--cuda', 'build it for NVIDIA GPUs, with the CUDA libraries from PyPI').conflicts([
      'prebuilt',
    ]),
  )
  .option('--prebuilt', "take the npm package's own binary, of an older TensorFlow")
  .action(later(async () => (await import('./backend-install.js')).installBackend));

const kernel = program
  .command('kernel')
  .description('TypeScript in Jupyter: install the kernel, remove it, or list what is installed');

for (const [name, description, action] of [
  ['install', 'register the kernel with Jupyter, JupyterLab and VS Code', 'installKernel'],
  ['uninstall', 'remove it again', 'uninstallKernel'],
  ['list', 'list where it is installed', 'listKernels'],
] as const) {
  const command = kernel
    .command(name)
    .description(description)
    .addOption(new Option('--user', "in the user's own folder (the default)").conflicts(places))
    .addOption(new Option('--prefix <folder>', 'in an environment').conflicts('sysPrefix'))
    .option('--sys-prefix', 'in the active Python environment')
    .action(later(async () => (await import('./kernel.js'))[action]));
  if (name !== 'list')
    command.option('--name <name>', "the kernel's name in Jupyter", defaultKernelName);
}

// While the course is served, Ctrl-C is the way to end: the status tells whether all of it ran.
process.on('SIGINT', () => {
  // Whoever listens beside this ends by itself.
  if (process.listenerCount('SIGINT') === 1) process.exit(process.exitCode ?? 130);
});

// Who reads the output has read enough (`| head`): the status is that of a program that a signal ends.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  process.exit(code === 'EPIPE' ? 141 : 1);
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Commander has said what was wrong already, and ends --help this way too.
    process.exitCode = error.exitCode;
    return;
  }
  clearBar();
  console.error(process.env.INCEPTION_LAB_DEBUG ? error : (error as Error).message);
  process.exitCode = 1;
});

function seconds(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= mostSeconds) return number;
  throw new InvalidArgumentError(
    `Give a number of seconds greater than 0, at most ${mostSeconds}.`,
  );
}

function newFile(path: string): string {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new InvalidArgumentError(`There is no folder ${folder}. Make it, or give another file.`);
  }
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new InvalidArgumentError('That is a folder. Give a file in it.');
}

function inputShape(text: string): [number, number, number] {
  const [, height, width, channels = '3'] = /^(\d+)x(\d+)(?:x(\d+))?$/.exec(text) ?? [];
  if (height && width) return [Number(height), Number(width), Number(channels)];
  throw new InvalidArgumentError('Give height, width and channels, as 299x299x3.');
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of at least 0.');
}

function positiveWhole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of at least 1.');
}

function cropCount(text: string): CropCount {
  const count = cropCounts.find((number) => String(number) === text);
  if (count !== undefined) return count;
  throw new InvalidArgumentError(`Choose one of: ${cropCounts.join(', ')}.`);
}

function portNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= 65535) return number;
  throw new InvalidArgumentError('Give a whole number from 0 to 65535.');
}
