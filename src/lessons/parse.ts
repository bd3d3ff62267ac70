import MarkdownIt, { type Token } from 'markdown-it';
import { splitHiddenTests } from './hidden-tests.js';
import type { CodePart, ExercisePart, Lesson, LessonPart } from './lesson.js';
import { forbidMarks } from './marked-lines.js';
import { PointsError, sharePoints, type UnweightedCheck, type UnweightedPart } from './points.js';
import { splitSolution } from './solution.js';

/**
 * Reads a lesson's Markdown source.
 *
 * A fence ` ```ts ` is a code cell; ` ```ts exercise name=… points=… ` a cell that the learner
 * completes, its solution between `// BEGIN SOLUTION` and `// END SOLUTION`; one with `points=0` is
 * an extra, for those who are quick; ` ```ts check name=… `
 * a check of that exercise, with its share of the points if it has several: `points=…`. What stands in a
 * check between `// BEGIN HIDDEN TESTS` and `// END HIDDEN TESTS` the learner does not get.
 * Everything between the cells, other fences included, is text.
 *
 * @throws Error that names the lesson, the line and what is allowed there, if the source breaks a rule.
 */
export function parseLesson(slug: string, source: string): Lesson {
  const lines = source.split('\n');
  const tokens = new MarkdownIt().parse(source, {});
  const parts: UnweightedPart[] = [];
  const lineOf = new Map<UnweightedPart, number>();
  let textStart = 0;
  const addText = (end: number) => {
    const markdown = lines.slice(textStart, end).join('\n').trim();
    if (markdown !== '') parts.push({ kind: 'text', markdown });
  };

  for (const fence of tokens.filter(isCodeCell)) {
    const [start, end] = fence.map ?? [0, 0];
    addText(start);
    textStart = end;
    const part = atLine(slug, start + 1, () => parseCell(fence, lines[end - 1] ?? ''));
    parts.push(part);
    lineOf.set(part, start + 1);
  }
  addText(lines.length);

  requireMatchingNames(slug, parts);
  return { slug, title: titleOf(slug, tokens), parts: withPoints(slug, parts, lineOf) };
}

function isCodeCell(token: Token): boolean {
  return token.type === 'fence' && token.level === 0 && /^ts\b/.test(token.info.trim());
}

function parseCell(fence: Token, lastLine: string): CodePart | ExercisePart | UnweightedCheck {
  if (!lastLine.startsWith(fence.markup)) throw new Error('the code fence is never closed');
  const [, kind, ...attributes] = fence.info.trim().split(/\s+/);
  const code = fence.content.trimEnd();
  switch (kind) {
    case undefined:
      forbidMarks(code, 'SOLUTION', 'an exercise');
      forbidMarks(code, 'HIDDEN TESTS', 'a check');
      return { kind: 'code', code };
    case 'exercise': {
      forbidMarks(code, 'HIDDEN TESTS', 'a check');
      const { name, points } = parseAttributes(attributes, ['name', 'points']);
      const split = splitSolution(code);
      return {
        kind,
        name: parseName(name),
        points: parsePoints(points, 0),
        ...split,
        source: code,
      };
    }
    case 'check': {
      forbidMarks(code, 'SOLUTION', 'an exercise');
      const { name, points } = parseAttributes(attributes, ['name'], ['points']);
      const share = points === undefined ? {} : { points: parsePoints(points, 1) };
      const split = splitHiddenTests(code);
      return { kind, exercise: parseName(name), ...share, ...split, source: code };
    }
    default:
      throw new Error(
        `there is no kind of cell "${kind}". Write \`\`\`ts alone, \`\`\`ts exercise or \`\`\`ts check`,
      );
  }
}

function parseAttributes<Required extends string, Optional extends string = never>(
  attributes: readonly string[],
  required: readonly Required[],
  optional: readonly Optional[] = [],
): Record<Required, string> & Partial<Record<Optional, string>> {
  const given = new Map(attributes.map((text) => text.split('=', 2) as [string, string]));
  const allowed: readonly string[] = [...required, ...optional];
  for (const key of [...required, ...given.keys()]) {
    if (allowed.includes(key) && !given.get(key)) throw new Error(`the cell lacks ${key}=…`);
  }
  for (const key of given.keys()) {
    if (!allowed.includes(key)) {
      throw new Error(`the cell has an unknown attribute "${key}". Allowed: ${allowed.join(', ')}`);
    }
  }
  return Object.fromEntries(given) as Record<Required, string> & Partial<Record<Optional, string>>;
}

function parseName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,50}$/.test(name)) return name;
  throw new Error(
    `the name "${name}" may have only letters, digits, "-" and "_", and at most 50 of them`,
  );
}

function parsePoints(points: string, least: 0 | 1): number {
  if (/^(0|[1-9]\d*)$/.test(points) && Number(points) >= least) return Number(points);
  throw new Error(`points=${points} is not a whole number of at least ${least}`);
}

function requireMatchingNames(slug: string, parts: readonly UnweightedPart[]): void {
  const fail = (problem: string) => {
    throw new Error(`Lesson ${slug}: ${problem}.`);
  };
  const exercises = new Set<string>();
  for (const part of parts) {
    if (part.kind === 'exercise') {
      if (exercises.has(part.name)) {
        fail(`two exercises are named "${part.name}"; give each a name of its own`);
      }
      exercises.add(part.name);
    }
    if (part.kind === 'check' && !exercises.has(part.exercise)) {
      fail(`a check is for "${part.exercise}", but no exercise before it has that name`);
    }
  }
  const checked = new Set(parts.flatMap((part) => (part.kind === 'check' ? [part.exercise] : [])));
  for (const name of exercises) {
    if (!checked.has(name)) {
      fail(`the exercise "${name}" has no check; add a cell \`\`\`ts check name=${name}`);
    }
  }
}

/** Says in an error about points where the lesson is wrong. */
function withPoints(
  slug: string,
  parts: readonly UnweightedPart[],
  lineOf: ReadonlyMap<UnweightedPart, number>,
): LessonPart[] {
  try {
    return sharePoints(parts);
  } catch (error) {
    if (!(error instanceof PointsError)) throw error;
    return atLine(slug, lineOf.get(error.part) ?? 1, () => {
      throw error;
    });
  }
}

function titleOf(slug: string, tokens: readonly Token[]): string {
  const heading = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const title = tokens[heading + 1]?.content;
  if (heading >= 0 && title) return title;
  throw new Error(`Lesson ${slug}: the text has no title. Begin it with a line "# Title".`);
}

/** Says where in the lesson an error arose. */
function atLine<T>(slug: string, line: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new Error(`Lesson ${slug}, line ${line}: ${(error as Error).message}.`, { cause: error });
  }
}
