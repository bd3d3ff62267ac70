import type { CompiledCell } from '../../kernel/compiler/compiled.js';

/** A lesson, compiled once for all that is handed in. */
export interface PreparedLesson {
  readonly parts: readonly PreparedPart[];
  /** What must not be called by whoever answers an exercise, by the exercise's name. */
  readonly forbidden: Readonly<Record<string, readonly string[]>>;
}

/** Parts without code, as `text`, have none of all that. */
export interface PreparedPart {
  /** What is run where answers are checked, before anything is handed in: with solutions. */
  readonly solved?: CompiledCell;
  /** Of an exercise: its functions as calls to the answer. */
  readonly remote?: CompiledCell;
  /** What is run where answers run: as the learner sees it. Exercises are the learner's. */
  readonly shown?: CompiledCell;
  /** What later cells get to know of it. */
  readonly declared: string;
  /** The exercise's functions. */
  readonly functions: readonly string[];
  /** Which of its variables have values that may come from an answer. */
  readonly tainted: readonly string[];
}

/** A cell that somebody has handed in. */
export interface AnswerCell {
  /** Behind which part of the lesson it stands, or which exercise it answers. */
  readonly part: number;
  /** The exercise that it answers; of other cells none. */
  readonly exercise?: string;
  readonly code: string;
}

export interface PreparedCell extends AnswerCell {
  readonly compiled?: CompiledCell;
  /** Why it could not be compiled. */
  readonly error?: string;
  /** The exercises whose answers need it. */
  readonly serves: readonly string[];
}

export interface PreparedAnswer {
  readonly cells: readonly PreparedCell[];
  /** Which of the lesson's parts it needs, by their places. */
  readonly needed: readonly number[];
  /** What an exercise's answer uses though it asks to build it, by the exercise's name. */
  readonly borrowed: Readonly<Record<string, readonly string[]>>;
  /** What looked as if it were meant to get around something. */
  readonly suspicious: readonly string[];
  /** The shapes of each exercise's answer, whatever its names are, for comparisons. */
  readonly prints: Readonly<Record<string, readonly string[]>>;
}

/** What the compiler's thread is asked for. */
export type CompileTask =
  | { readonly about: 'lesson'; readonly parts: readonly unknown[] }
  | { readonly about: 'answer'; readonly cells: readonly AnswerCell[] };
