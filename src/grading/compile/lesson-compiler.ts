import metadata from 'tslab/dist/metadata.js';
import { Compiler } from '../../kernel/compiler/compiler.js';
import type { CompiledCell } from '../../kernel/compiler/compiled.js';
import type { LessonPart } from '../../lessons/lesson.js';
import { answersWorld } from './answers-world.js';
import { borrowedBy, forbiddenTo } from './borrowed.js';
import { fingerprint } from './fingerprint.js';
import { libraryMakers } from './library-makers.js';
import type {
  AnswerCell,
  PreparedAnswer,
  PreparedCell,
  PreparedLesson,
  PreparedPart,
} from './prepared-lesson.js';
import { remoteStub } from './remote-stub.js';
import { reachable, statementsOf, type StatementNames } from './statements.js';
import { suspicionsAbout } from './suspicions.js';

/** Compiles a lesson once, and of each submission only what its learner has written. */
export class LessonCompiler {
  readonly #compiler = new Compiler(answersWorld());
  #parts: readonly LessonPart[] = [];
  #prepared: readonly PreparedPart[] = [];
  #shown: readonly (readonly StatementNames[])[] = [];
  #forbidden: PreparedLesson['forbidden'] = {};

  /** @throws Error if one of the lesson's own cells does not compile */
  prepare(parts: readonly LessonPart[]): PreparedLesson {
    this.#parts = parts;
    this.#compiler.startOver();
    const exercises = parts.filter((part) => part.kind === 'exercise');
    const functions = new Set(exercises.flatMap((part) => remoteStub(part).functions));
    const all = parts.flatMap((part) =>
      part.kind === 'code' || part.kind === 'check' ? statementsOf(part.code) : [],
    );
    const isTainted = ({ uses }: StatementNames) =>
      [...reachable(uses, all)].some((name) => functions.has(name));
    this.#prepared = parts.map((part, i): PreparedPart => {
      const name = `Part ${i + 1}`;
      if (part.kind === 'text') return { declared: '', functions: [], tainted: [] };
      if (part.kind === 'exercise') {
        const stub = remoteStub(part);
        const remote = this.#compile(stub.code, name);
        const solved = this.#compile(part.solution, name);
        const { declared } = this.#compiler;
        this.#compiler.commit('all');
        return { solved, remote, declared, functions: stub.functions, tainted: stub.functions };
      }
      const tainted = statementsOf(part.code)
        .filter(isTainted)
        .flatMap(({ declares }) => [...declares]);
      const shown = this.#compile(part.kind === 'check' ? part.visible : part.code, name);
      const solved = this.#compile(part.code, name);
      const { declared } = this.#compiler;
      this.#compiler.commit('all');
      return { solved, shown, declared, functions: [], tainted };
    });
    this.#shown = parts.map((part) => {
      if (part.kind === 'code') return statementsOf(part.code);
      return part.kind === 'check' ? statementsOf(part.visible) : [];
    });
    this.#forbidden = forbiddenTo(parts, libraryMakers());
    return { parts: this.#prepared, forbidden: this.#forbidden };
  }

  answer(cells: readonly AnswerCell[]): PreparedAnswer {
    this.#compiler.startOver();
    const prepared: PreparedCell[] = [];
    const needs = this.#needsOf(cells);
    for (const [i, part] of this.#prepared.entries()) {
      if (this.#parts[i]?.kind !== 'exercise') this.#compiler.declare(part.declared);
      for (const cell of cells.filter((one) => one.part === i))
        prepared.push(this.#own(cell, needs));
    }
    const own = cells.flatMap(({ code }) => statementsOf(code));
    return {
      cells: prepared,
      needed: this.#neededBy(own),
      borrowed: borrowedBy(cells, this.#parts, this.#forbidden),
      suspicious: cells.flatMap(({ code }) => suspicionsAbout(code)),
      prints: Object.fromEntries(
        cells.flatMap(({ exercise, code }) => (exercise ? [[exercise, fingerprint(code)]] : [])),
      ),
    };
  }

  /** By exercise, the names that its answer may need. */
  #needsOf(cells: readonly AnswerCell[]): Map<string, Set<string>> {
    const statements = [...this.#shown.flat(), ...cells.flatMap(({ code }) => statementsOf(code))];
    return new Map(
      this.#parts.flatMap((part) =>
        part.kind === 'exercise'
          ? [[part.name, reachable(remoteStub(part).functions, statements)]]
          : [],
      ),
    );
  }

  #own(own: AnswerCell, needs: ReadonlyMap<string, ReadonlySet<string>>): PreparedCell {
    const declared = statementsOf(own.code).flatMap(({ declares }) => [...declares]);
    const serves = [...needs]
      .filter(
        ([exercise, names]) =>
          exercise === own.exercise || declared.some((name) => names.has(name)),
      )
      .map(([exercise]) => exercise);
    const cell = { ...own, serves };
    const name = cell.exercise ?? 'A cell of your own';
    const { module, mode } = metadata.getCodeMetadata(cell.code);
    // It would be there for the next submission too.
    if (module !== undefined || mode !== undefined) {
      return { ...cell, error: 'it defines a module, or is for a browser, which answers may not' };
    }
    const { cell: compiled, error } = this.#compiler.compile(cell.code, name);
    if (error) return { ...cell, error: `${error.ename}: ${error.evalue}` };
    this.#compiler.commit('all');
    return { ...cell, compiled };
  }

  /** Parts that declare what the answer uses, directly or not. */
  #neededBy(own: readonly StatementNames[]): number[] {
    const statements = [...this.#shown.flat(), ...own];
    const names = reachable(
      own.flatMap(({ uses }) => [...uses]),
      statements,
    );
    return this.#shown.flatMap((part, i) =>
      part.some(({ declares }) => [...declares].some((name) => names.has(name))) ? [i] : [],
    );
  }

  #compile(code: string, name: string): CompiledCell {
    const { cell, error } = this.#compiler.compile(code, name);
    if (cell) return cell;
    throw new Error(`${name} of the lesson does not compile: ${error.evalue}`);
  }
}
