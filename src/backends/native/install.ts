import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Device } from '../backend.js';
import { runProbe } from '../node/verdict.js';
import { compile, isCompiled } from './compile.js';
import { currentBuild, currentFile, nativeFolder, type NativeKind } from './folder.js';
import { hasPackage, installPackage } from './npm-package.js';
import type { OnBytes } from './pip.js';
import { downloadPrebuilt, hasPrebuilt } from './prebuilt.js';
import { recipeFor, type Recipe } from './recipe.js';
import { requirePlatform, requireSpace, requireTools } from './tools.js';
import { fetchWheels, hasWheels } from './wheels.js';

/** One of the things that a build consists of; it is left out where it is done. */
export interface Step {
  /** As a line on the terminal. */
  readonly title: string;
  readonly isDone: () => boolean;
  readonly run: () => Promise<void>;
}

/** How the one who waits is told what goes on. */
export interface Report {
  readonly step: (title: string) => void;
  readonly bytes: OnBytes;
}

/** What was installed. */
export interface Installed {
  readonly folder: string;
  /** On what it computes. */
  readonly device: Device;
  /** Whether all of it was there before. */
  readonly wasThere: boolean;
}

/**
 * Makes the native backend of this kind the one in use: takes up what an earlier run has left, and
 * tests the result in a process of its own before it counts.
 *
 * @throws Error that says what is missing, or which step failed and how.
 */
export async function installNative(kind: NativeKind, report: Report): Promise<Installed> {
  const recipe = recipeFor(kind, nativeFolder());
  const steps = stepsFor(recipe, report.bytes);
  forgetOlderBuild(recipe);
  const remaining = steps.filter(({ isDone }) => !isDone());
  if (remaining.length > 0) prepare(recipe);
  for (const { title, run } of remaining) {
    report.step(title);
    await run();
  }
  report.step('Testing it …');
  const device = await testBuild(recipe);
  const isNew = takeIntoUse(recipe);
  return { folder: recipe.folder, device, wasThere: remaining.length === 0 && !isNew };
}

/** What a build of this kind consists of, in order. */
export function stepsFor(recipe: Recipe, onBytes: OnBytes): Step[] {
  const { kind, wheel, tensorflow } = recipe;
  const step = (title: string, isDone: (of: Recipe) => boolean, run: typeof compile): Step => ({
    title,
    isDone: () => isDone(recipe),
    run: () => run(recipe),
  });
  const npm = step('Installing the npm package …', hasPackage, installPackage);
  if (kind === 'prebuilt')
    return [npm, step("Downloading the package's own binary …", hasPrebuilt, downloadPrebuilt)];
  return [
    npm,
    step(`Getting ${wheel} ${tensorflow} from PyPI …`, hasWheels, (of) => fetchWheels(of, onBytes)),
    step('Compiling the binding …', isCompiled, compile),
  ];
}

function prepare(recipe: Recipe): void {
  if (recipe.kind !== 'prebuilt') {
    requirePlatform(process.platform, process.arch);
    requireTools();
  }
  requireSpace(recipe.kind, recipe.folder);
  writeFileAtomic.sync(recipeFile(recipe), contents(recipe));
}

/** What was built of other versions cannot be taken up. */
function forgetOlderBuild(recipe: Recipe): void {
  const file = recipeFile(recipe);
  const isSame = existsSync(file) && readFileSync(file, 'utf8') === contents(recipe);
  if (!isSame) rmSync(recipe.folder, { recursive: true, force: true });
}

function recipeFile({ folder }: Recipe): string {
  return join(folder, 'recipe.json');
}

function contents({ tensorflow, tfjs, format }: Recipe): string {
  return JSON.stringify({ tensorflow, tfjs, format });
}

async function testBuild({ kind }: Recipe): Promise<Device> {
  const verdict = await runProbe('native', false, { INCEPTION_LAB_NATIVE_KIND: kind });
  if (verdict.works) return verdict;
  throw new Error(
    `The native backend was built, but does not work: ${verdict.why.split('\n', 1)[0] ?? ''}.`,
  );
}

/** @returns whether another one was in use, or none */
function takeIntoUse({ kind, tensorflow, tfjs }: Recipe): boolean {
  const before = JSON.stringify(currentBuild());
  const now = JSON.stringify({ kind, tensorflow, tfjs });
  if (before === now) return false;
  mkdirSync(nativeFolder(), { recursive: true });
  writeFileAtomic.sync(currentFile(), now);
  return true;
}
