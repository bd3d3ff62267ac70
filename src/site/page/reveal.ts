import { button, make } from './dom.js';

export interface Gate {
  /** Whether the learner has done what comes first. */
  readonly isOpen: () => boolean;
  /** Said where it is not done: `'You have not tried yet.'` */
  readonly sentence: string;
  /** What shows it all the same. */
  readonly anyway: string;
}

/**
 * Lets folded content be unfolded after a try, or by saying so.
 *
 * @param within where the content is, or will be
 * @param selector of the `details` that hold it
 */
export function guard(within: HTMLElement, selector: string, gate: Gate): void {
  within.addEventListener('click', (event) => {
    const summary = (event.target as Element).closest<HTMLElement>(`${selector} > summary`);
    const details = summary?.parentElement;
    if (!(details instanceof HTMLDetailsElement) || details.open || gate.isOpen()) return;
    event.preventDefault();
    ask(details, gate);
  });
}

function ask(details: HTMLDetailsElement, { sentence, anyway }: Gate): void {
  // Whoever asks twice is asked once.
  if (details.nextElementSibling?.matches('.notice')) details.nextElementSibling.remove();
  const summary = details.querySelector('summary');
  const show = button(anyway, () => {
    question.remove();
    details.open = true;
    summary?.focus();
  });
  const leave = button('Not yet', () => {
    question.remove();
    summary?.focus();
  });
  const attributes = { role: 'status' };
  const question = make('div', { class: 'notice', attributes }, make('p', { text: sentence }));
  question.append(show, leave);
  details.after(question);
  show.focus();
}
