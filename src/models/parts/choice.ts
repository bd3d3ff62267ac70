/** @throws Error that lists the choices, if `choice` is none of them. */
export function requireChoice<Choice extends string>(
  what: string,
  choice: Choice,
  choices: readonly Choice[],
): void {
  if (choices.includes(choice)) return;
  throw new Error(`There is no ${what} "${choice}". Choose one of: ${choices.join(', ')}.`);
}
