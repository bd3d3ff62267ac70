/** A mistake that learners make: what to change in the solution, and what the check then says. */
export interface Mistake {
  readonly what: string;
  readonly change: readonly [from: string, to: string];
  /** A second change that belongs to it. */
  readonly also?: readonly [from: string, to: string];
  readonly message: RegExp;
}

/** Those of a lesson, by its exercises' names. */
export type Mistakes = Readonly<Record<string, readonly Mistake[]>>;
