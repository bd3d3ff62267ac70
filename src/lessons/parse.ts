import MarkdownIt, { type Token } from 'markdown-it';
import type { CheckPart, CodePart, ExercisePart, Lesson, LessonPart } from './lesson.js';
import { splitSolution } from './solution.js';

/**
 * Reads a lesson's Markdown source.
 *
 * A fence ` ```ts ` is a code cell; ` ```ts exercise name=… points=… ` a cell that the learner
 * completes, its solution between `// BEGIN SOLUTION` and `// END SOLUTION`; ` ```ts check name=… `
 * the check of that exercise. Everything between them, other fences included, is text.
 *
 * @throws Error that names the lesson, the line and what is allowed there, if the source breaks a rule.
 */
export function parseLesson(slug: string, source: string): Lesson {
  const lines = source.split('\n');
  const tokens = new MarkdownIt().parse(source, {});
  const parts: LessonPart[] = [];
  let textStart = 0;
  const addText = (end: number) => {
    const markdown = lines.slice(textStart, end).join('\n').trim();
    if (markdown !== '') parts.push({ kind: 'text', markdown });
  };

  for (const fence of tokens.filter(isCodeCell)) {
    const [start, end] = fence.map ?? [0, 0];
    addText(start);
    textStart = end;
    atLine(slug, start + 1, () => parts.push(parseCell(fence, lines[end - 1] ?? '')));
  }
  addText(lines.length);

  requireMatchingNames(slug, parts);
  return { slug, title: titleOf(slug, tokens), parts };
}

function isCodeCell(token: Token): boolean {
  return token.type === 'fence' && token.level === 0 && /^ts\b/.test(token.info.trim());
}

function parseCell(fence: Token, lastLine: string): CodePart | ExercisePart | CheckPart {
  if (!lastLine.startsWith(fence.markup)) throw new Error('the code fence is never closed');
  const [, kind, ...attributes] = fence.info.trim().split(/\s+/);
  const code = fence.content.trimEnd();
  switch (kind) {
    case undefined:
      return { kind: 'code', code };
    case 'exercise': {
      const { name, points } = parseAttributes(attributes, ['name', 'points']);
      return { kind, name: parseName(name), points: parsePoints(points), ...splitSolution(code) };
    }
    case 'check': {
      const { name } = parseAttributes(attributes, ['name']);
      return { kind, exercise: parseName(name), code };
    }
    default:
      throw new Error(
        `there is no kind of cell "${kind}". Write \`\`\`ts alone, \`\`\`ts exercise or \`\`\`ts check`,
      );
  }
}

function parseAttributes<Key extends string>(
  attributes: readonly string[],
  keys: readonly Key[],
): Record<Key, string> {
  const given = new Map(attributes.map((text) => text.split('=', 2) as [string, string]));
  for (const key of keys) {
    if (!given.get(key)) throw new Error(`the cell lacks ${key}=…`);
  }
  for (const key of given.keys()) {
    if (!keys.includes(key as Key)) {
      throw new Error(`the cell has an unknown attribute "${key}". Allowed: ${keys.join(', ')}`);
    }
  }
  return Object.fromEntries(given) as Record<Key, string>;
}

function parseName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,50}$/.test(name)) return name;
  throw new Error(
    `the name "${name}" may have only letters, digits, "-" and "_", and at most 50 of them`,
  );
}

function parsePoints(points: string): number {
  if (/^[1-9]\d*$/.test(points)) return Number(points);
  throw new Error(`points=${points} is not a whole number of at least 1`);
}

function requireMatchingNames(slug: string, parts: readonly LessonPart[]): void {
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

function titleOf(slug: string, tokens: readonly Token[]): string {
  const heading = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const title = tokens[heading + 1]?.content;
  if (heading >= 0 && title) return title;
  throw new Error(`Lesson ${slug}: the text has no title. Begin it with a line "# Title".`);
}

/** Says where in the lesson an error arose. */
function atLine(slug: string, line: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new Error(`Lesson ${slug}, line ${line}: ${(error as Error).message}.`, { cause: error });
  }
}
