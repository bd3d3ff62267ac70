import type { InputQuestion } from '../../kernel/messages.js';
import { make } from './dom.js';

/** Asks below a cell; resolves to what is typed there. */
export function askBelow(place: HTMLElement, { prompt, password }: InputQuestion): Promise<string> {
  const label = prompt === '' ? 'The cell asks:' : prompt;
  const type = password ? 'password' : 'text';
  const field = make('input', { attributes: { type, autocomplete: 'off' } });
  const words = make('label', { text: label }, field);
  const send = make('button', { text: 'Send', attributes: { type: 'submit' } });
  const form = make('form', { class: 'input-form' }, words, send);
  place.append(form);
  field.focus();
  return new Promise((resolve) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
      resolve(field.value);
    });
  });
}
