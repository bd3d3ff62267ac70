import type { InputQuestion } from '../../kernel/messages.js';
import type { Output } from '../../notebook/notebook.js';
import { makeReachable } from './code.js';
import { button, find, make } from './dom.js';
import type { Editor, LanguageService } from './editor.js';
import { askBelow } from './input-form.js';
import { noticePlace } from './notices.js';
import { OutputView } from './output-view.js';
import { drawPlots } from './plots.js';

export type CellKind = 'code' | 'exercise' | 'check';

export interface CellHandlers {
  readonly language: (cell: LiveCell) => LanguageService;
  readonly onEdit: (cell: LiveCell) => void;
  readonly onFocus: () => void;
  readonly onRun: (cell: LiveCell, goesOn: boolean) => void;
  readonly onRunAbove: (cell: LiveCell) => void;
  /** An exercise's answer is to be checked. */
  readonly onCheck: (exercise: LiveCell) => void;
  readonly onStartOver: (cell: LiveCell) => void;
}

/** A cell of the lesson that can be edited and run. */
export class LiveCell {
  readonly name: string;
  readonly id: string;
  readonly kind: CellKind;
  /** Of an exercise and its checks. */
  readonly exercise: string | undefined;
  readonly points: number;
  readonly isPrediction: boolean;
  /** As the lesson has it. */
  readonly original: string;
  /** As it was run in this kernel; `undefined` if it was not. */
  ranText: string | undefined;
  /** What it put out here; `undefined` if it has not been run. */
  outputs: readonly Output[] | undefined;
  executionCount: number | null = null;
  readonly root: HTMLElement;
  /** For what concerns this cell. */
  readonly notices = noticePlace();
  readonly #handlers: CellHandlers;
  readonly #place: HTMLElement;
  /** What the lesson had there before. */
  #before: readonly Node[];
  readonly #static: HTMLElement;
  readonly #state = make('span', { class: 'cell-state' });
  readonly #verdict = make('span', { class: 'verdict' });
  /** What the check says, where the answer is. */
  readonly #words = make('div', { class: 'check-words' });
  readonly #startOver: HTMLButtonElement;
  readonly #runButton: HTMLButtonElement;
  #text: string;
  #editor: Promise<Editor> | undefined;
  #view: OutputView | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(root: HTMLElement, handlers: CellHandlers) {
    const { cell, id, exercise, points, prediction } = root.dataset;
    this.root = root;
    this.#handlers = handlers;
    this.name = cell ?? '';
    this.id = id ?? '';
    this.exercise = exercise;
    this.points = Number(points ?? 0);
    this.isPrediction = prediction !== undefined;
    this.kind = kindOf(root);
    this.#place = find('.outputs', root);
    this.#before = [...this.#place.childNodes];
    this.#static = find('.source pre', root);
    this.original = this.#static.textContent;
    this.#text = this.original;
    this.#runButton = button(this.kind === 'check' ? 'Check' : 'Run', () => {
      handlers.onRun(this, false);
    });
    const again = this.kind === 'exercise' ? 'Start this exercise over' : 'As it was';
    this.#startOver = button(
      again,
      () => {
        handlers.onStartOver(this);
      },
      'start-over',
    );
    this.#addControls();
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#take(text);
    void this.#editor?.then((editor) => {
      editor.setText(text);
    });
  }

  get isEdited(): boolean {
    return this.#text !== this.original;
  }

  /** Puts an editor in the place of the text. */
  edit(): Promise<Editor> {
    this.#editor ??= this.#openEditor();
    return this.#editor;
  }

  focus(): void {
    this.root.scrollIntoView({ block: 'nearest' });
    if (this.kind === 'check') this.#runButton.focus();
    else
      void this.edit().then((editor) => {
        editor.focus();
      });
  }

  /** Takes away what a former run has put out. */
  begin(outputs: readonly Output[]): void {
    this.outputs = outputs;
    this.#place.replaceChildren();
    this.#view = new OutputView(this.#place);
    this.root.dataset.state = 'running';
    const start = Date.now();
    this.#say('Running …');
    this.#clock = setInterval(() => {
      this.#say(`Running, ${Math.round((Date.now() - start) / 1000)} s`);
    }, 1000);
  }

  /** Shows what has come in the meantime. */
  showOutputs(): void {
    if (this.outputs) this.#view?.show(this.outputs);
  }

  end(state: 'ok' | 'error' | 'waiting' | 'idle', words: string): void {
    clearInterval(this.#clock);
    this.root.dataset.state = state;
    this.#say(words);
    this.#place.querySelector('form')?.remove();
  }

  /** Takes over what the lesson has put out since the page was opened; it waits where the cell has been run. */
  takeOver(outputs: readonly Node[]): void {
    this.#before = outputs;
    if (this.outputs === undefined) this.#showBefore();
  }

  /** As the lesson shows it before anything is run. */
  forget(): void {
    this.outputs = undefined;
    this.executionCount = null;
    this.#view = undefined;
    this.#showBefore();
    this.end('idle', '');
  }

  /**
   * Says beside the cell's label whether the answer is right.
   *
   * @param message what the check says of it, in its own words
   */
  tell(verdict: 'right' | 'wrong' | undefined, words: string, message = ''): void {
    const shown = message === '' ? [] : [make('pre', { class: 'output error', text: message })];
    this.#words.replaceChildren(...shown);
    this.#verdict.className = `verdict ${verdict ?? ''}`;
    this.#verdict.textContent = words;
    this.root.classList.toggle('right', verdict === 'right');
  }

  /** Asks the learner below the cell. */
  ask(question: InputQuestion): Promise<string> {
    return askBelow(this.#place, question);
  }

  #take(text: string): void {
    this.#text = text;
    // For paper, for the clipboard, and for who searches the page.
    this.#static.textContent = text;
    this.#startOver.hidden = !this.isEdited;
  }

  #showBefore(): void {
    this.#place.replaceChildren(...this.#before);
    drawPlots(this.#place);
    makeReachable(this.#place);
  }

  #say(words: string): void {
    this.#state.textContent = words;
  }

  async #openEditor(): Promise<Editor> {
    const { createEditor } = await import('./editor.js');
    const parent = make('div', { class: 'editor' });
    this.#static.after(parent);
    this.#static.classList.add('behind-editor');
    return createEditor({
      parent,
      text: this.#text,
      label: this.#label(),
      language: this.#handlers.language(this),
      onEdit: (text) => {
        if (text === this.#text) return;
        this.#take(text);
        this.#handlers.onEdit(this);
      },
      onFocus: this.#handlers.onFocus,
      onRun: (goesOn) => {
        this.#handlers.onRun(this, goesOn);
      },
    });
  }

  #label(): string {
    if (this.kind === 'code') return `Code, cell ${this.name.replace('code-', '')}`;
    return `${this.kind === 'exercise' ? 'Your answer' : 'Check'}: ${this.exercise ?? ''}`;
  }

  #addControls(): void {
    this.#startOver.hidden = true;
    this.#runButton.classList.add('run');
    this.root.classList.add('live');
    const controls = make('div', { class: 'controls' }, ...this.#buttons());
    if (this.kind === 'check') {
      // Its verdict says enough, in one line.
      controls.append(this.#verdict);
      find('.label', this.root).after(controls);
    } else {
      this.root.querySelector('.label')?.append(this.#verdict);
      controls.append(this.#state, this.#startOver);
      find('.source', this.root).after(controls);
    }
    controls.after(this.#words, this.notices);
  }

  #buttons(): HTMLButtonElement[] {
    if (this.kind === 'check') return [this.#runButton];
    const above = button('Run all above', () => {
      this.#handlers.onRunAbove(this);
    });
    if (this.kind === 'code') return [this.#runButton, above];
    const check = button(
      'Check',
      () => {
        this.#handlers.onCheck(this);
      },
      'check-answer',
    );
    return [check, this.#runButton, above];
  }
}

function kindOf({ classList }: HTMLElement): CellKind {
  if (classList.contains('exercise')) return 'exercise';
  return classList.contains('check') ? 'check' : 'code';
}
