import { button, make } from './dom.js';

export interface NoticeAction {
  readonly text: string;
  readonly run: () => void;
}

/**
 * Says a sentence at a place of the page, with what can be done about it; what was said there before
 * goes.
 *
 * @param place has the role of a status: those who listen are told
 */
export function notify(
  place: HTMLElement,
  sentence: string,
  actions: readonly NoticeAction[] = [{ text: 'Close', run: () => undefined }],
): void {
  const words = make('p', { text: sentence });
  const buttons = actions.map(({ text, run }) =>
    button(text, () => {
      place.replaceChildren();
      run();
    }),
  );
  place.replaceChildren(make('div', { class: 'notice' }, words, ...buttons));
}

/** A place for notices. */
export function noticePlace(): HTMLElement {
  return make('div', { class: 'notices', attributes: { role: 'status' } });
}
