import { backendNames, type BackendName } from '../backends/backend.js';
import { chooseBackend } from '../backends/node/use-backend.js';
import { probe, type Verdict } from '../backends/node/verdict.js';

/**
 * Tries every backend anew, and prints what each does here.
 *
 * @throws Error after that, if the one that `INCEPTION_LAB_BACKEND` asks for cannot start.
 */
export async function printBackends(): Promise<void> {
  const rows: string[][] = [];
  const verdicts = new Map<BackendName, Verdict>();
  // One after another: they would slow each other down.
  for (const name of backendNames) verdicts.set(name, await probe(name, true));
  const choice = await chooseBackend().catch((error: unknown) => error as Error);
  const best = choice instanceof Error ? undefined : choice.name;
  for (const [name, verdict] of verdicts) rows.push(row(name, verdict, name === best));
  console.log(table(['backend', 'state', 'device', 'convolution', 'reason'], rows));
  if (choice instanceof Error) throw choice;
}

function row(name: BackendName, verdict: Verdict, isBest: boolean): string[] {
  if (!verdict.works) return [name, 'absent', '', '', verdict.why];
  const speed = `${(verdict.gigaflops ?? NaN).toPrecision(3)} GFLOP/s`;
  return [name, isBest ? 'in use' : 'works', verdict.device, speed, ''];
}

function table(header: string[], rows: string[][]): string {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((cells) => (cells[i] ?? '').length)));
  return all
    .map((cells) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
