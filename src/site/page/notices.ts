import { button, make } from './dom.js';

export interface NoticeAction {
  readonly text: string;
  readonly run: () => void;
}

const close: NoticeAction = { text: 'Close', run: () => undefined };

/** More would cover the page. */
const mostNotices = 3;

/**
 * Says a sentence at a place of the page, with what can be done about it.
 *
 * @param place has the role of a status: those who listen are told
 * @returns the notice; others may push it out
 */
export function notify(
  place: HTMLElement,
  sentence: string,
  actions: readonly NoticeAction[] = [close],
): HTMLElement {
  for (const said of place.querySelectorAll('.notice')) {
    if (said.firstElementChild?.textContent === sentence) said.remove();
  }
  const buttons = actions.map(({ text, run }) =>
    button(text, () => {
      notice.remove();
      run();
    }),
  );
  const notice = make('div', { class: 'notice' }, make('p', { text: sentence }), ...buttons);
  place.append(notice);
  if (place.children.length > mostNotices) place.firstElementChild?.remove();
  return notice;
}

/** A place for notices. */
export function noticePlace(): HTMLElement {
  return make('div', { class: 'notices', attributes: { role: 'status' } });
}
