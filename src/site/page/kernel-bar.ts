import type { Computer, ComputerState } from './computer.js';
import type { BackendOption, Connection } from './connection.js';
import { button, make } from './dom.js';
import type { LiveLesson } from './live-lesson.js';
import { notify } from './notices.js';
import { recall, remember } from './remember.js';

export interface KernelBarOptions {
  readonly connection: Connection;
  readonly computer: Computer;
  readonly lesson: LiveLesson;
}

const words: Record<ComputerState, string> = {
  off: 'Not started',
  starting: 'Starting …',
  idle: 'Ready',
  busy: 'Computing …',
};

const key = 'inception-lab:backend';

/** What computes and how it is, at the foot of the page; and how to stop it. */
export function kernelBar({ connection, computer, lesson }: KernelBarOptions): HTMLElement {
  const state = make('span', { class: 'kernel-state', text: words.off });
  const chooser = make('select', { attributes: { id: 'page-backend' } });
  const label = make(
    'label',
    {},
    make('span', { class: 'place', text: placeName(connection) }),
    chooser,
  );
  const stop = button('Stop', () => {
    lesson.stop();
  });
  const restart = button('Restart', () => {
    void lesson.restart();
  });
  computer.onState = (now) => {
    state.textContent = words[now];
    bar.dataset.state = now;
    stop.disabled = now !== 'busy';
    restart.disabled = now === 'off';
  };
  const attributes = { 'aria-label': 'What computes' };
  const row = make('div', { class: 'kernel-row' }, label, state, stop, restart);
  const bar = make('section', { class: 'kernel-bar', attributes }, lesson.notices, row);
  computer.onState('off');
  const filled = fillChooser(chooser, { connection, computer, lesson });
  // Who has never chosen gets the best one, without waiting until it is known which that is.
  if (recall(key) !== null) computer.chosen = filled;
  return bar;
}

function placeName({ place }: Connection): string {
  return `${place.charAt(0).toUpperCase()}${place.slice(1)}: `;
}

async function fillChooser(
  chooser: HTMLSelectElement,
  { connection, computer, lesson }: KernelBarOptions,
): Promise<void> {
  chooser.disabled = true;
  chooser.replaceChildren(make('option', { text: '…' }));
  let options: readonly BackendOption[];
  try {
    options = await connection.backends();
  } catch (error) {
    notify(lesson.notices, (error as Error).message);
    return;
  }
  const wish = recall(key);
  const best = options.find(({ why }) => why === undefined);
  const wished = options.find(({ name }) => name === wish);
  const chosen = wished?.why === undefined ? (wished ?? best) : best;
  chooser.replaceChildren(...options.map(asOption));
  chooser.value = chosen?.name ?? '';
  chooser.disabled = false;
  computer.backend = chosen?.name;
  if (wished?.why !== undefined && best) {
    notify(
      lesson.notices,
      `You had chosen ${wished.description}, which is not available now: ${wished.why}. ${best.description} is used instead.`,
    );
  }
  chooser.addEventListener('change', () => {
    change(chooser, { connection, computer, lesson });
  });
}

function asOption({ name, description, why }: BackendOption): HTMLOptionElement {
  const text = why === undefined ? description : `${description}: ${why}`;
  const option = make('option', { text, attributes: { value: name } });
  option.disabled = why !== undefined;
  return option;
}

/** A kernel keeps what it has begun with. */
function change(chooser: HTMLSelectElement, { computer, lesson }: KernelBarOptions): void {
  const before = computer.backend ?? '';
  const take = () => {
    computer.backend = chooser.value;
    remember(key, chooser.value);
  };
  if (!computer.isOn) {
    take();
    return;
  }
  notify(lesson.notices, 'Changing it needs a new kernel: the variables are lost.', [
    {
      text: 'Restart with it',
      run: () => {
        take();
        void lesson.restart();
      },
    },
    {
      text: 'Leave it',
      run: () => {
        chooser.value = before;
      },
    },
  ]);
}
