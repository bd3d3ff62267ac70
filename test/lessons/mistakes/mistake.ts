/** A mistake that learners make: what to change in the solution, and what the check then says. */
export interface Mistake {
  readonly what: string;
  readonly change: readonly [from: string, to: string];
  /** A second change that belongs to it. */
  readonly also?: readonly [from: string, to: string];
  readonly message: RegExp;
  /** Whether hidden tests alone see it: pages, which have none, let it pass. */
  readonly hidden?: true;
}

/** Those of a lesson, by its exercises' names. */
export type Mistakes = Readonly<Record<string, readonly Mistake[]>>;
