import type { LessonPart } from '../../lessons/lesson.js';
import type { Maker } from './library-makers.js';
import type { AnswerCell } from './prepared-lesson.js';
import { remoteStub } from './remote-stub.js';
import { imported, reachable, statementsOf } from './statements.js';

type Forbidden = Readonly<Record<string, readonly string[]>>;

const library = 'inception-lab';

/**
 * What an exercise is not to be answered with: all that the library can make, except what the
 * lesson's own solution makes use of. An exercise that asks for numbers forbids nothing.
 */
export function forbiddenTo(parts: readonly LessonPart[], makers: readonly Maker[]): Forbidden {
  const lesson = parts.flatMap((part) => {
    if (part.kind === 'text' || part.kind === 'check') return [];
    return statementsOf(part.kind === 'code' ? part.code : part.solution);
  });
  return Object.fromEntries(
    parts.flatMap((part) => {
      if (part.kind !== 'exercise') return [];
      const { functions, builds } = remoteStub(part);
      if (!builds) return [];
      const used = reachable(functions, lesson);
      const names = makers
        .map(({ name }) => name)
        .filter((name) => !used.has(imported(library, name)));
      return [[part.name, names]];
    }),
  );
}

/**
 * What answers make use of though their exercise forbids it, as far as imports show it: a helper of
 * the learner's own may have a name of the library's. The rest is for the guard, where answers run.
 */
export function borrowedBy(
  cells: readonly AnswerCell[],
  parts: readonly LessonPart[],
  forbidden: Forbidden,
): Forbidden {
  const own = cells.flatMap(({ code }) => statementsOf(code));
  const lesson = parts.flatMap((part) => (part.kind === 'code' ? statementsOf(part.code) : []));
  const ownNames = new Set(own.flatMap(({ declares }) => [...declares]));
  // What the learner has declared anew is no longer the lesson's.
  const others = lesson.filter(({ declares }) => ![...declares].some((name) => ownNames.has(name)));
  // `lib` of `import * as lib`.
  const wholes = [...own, ...others].flatMap(({ declares, uses }) =>
    uses.has(imported(library, '*')) ? [...declares] : [],
  );
  return Object.fromEntries(
    parts.flatMap((part) => {
      if (part.kind !== 'exercise') return [];
      const names = reachable(remoteStub(part).functions, [...own, ...others]);
      const reached = own.filter(({ declares }) => [...declares].some((name) => names.has(name)));
      const isMember = (name: string) =>
        reached.some(({ members }) => wholes.some((whole) => members.has(`${whole}.${name}`)));
      const found = (forbidden[part.name] ?? []).filter(
        (name) => names.has(imported(library, name)) || isMember(name),
      );
      return found.length === 0 ? [] : [[part.name, found]];
    }),
  );
}
