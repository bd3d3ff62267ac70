import { button, make } from './dom.js';

export interface Gate {
  /** Whether the learner has done what comes first. */
  readonly isOpen: () => boolean;
  /** Said where it is not done: `'You have not tried yet.'` */
  readonly sentence: string;
  /** What shows it all the same. */
  readonly anyway: string;
}

/** Lets folded content be unfolded after a try, or by saying so. */
export function guard(details: HTMLDetailsElement, { isOpen, sentence, anyway }: Gate): void {
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
  summary?.addEventListener('click', (event) => {
    if (details.open || isOpen()) return;
    event.preventDefault();
    details.after(question);
    show.focus();
  });
}
