import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { typescriptLanguage } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter, type Diagnostic as Mark } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap, type Tooltip, type ViewUpdate } from '@codemirror/view';
import type { Diagnostic } from '../../kernel/messages.js';
import { announce } from './announce.js';
import { make } from './dom.js';
import { highlightStyle } from './highlight-style.js';
import type { Matches } from './notebook-client.js';

/** What the kernel's compiler knows of a cell's text; places are in UTF-16 code units. */
export interface LanguageService {
  readonly complete: (code: string, place: number) => Promise<Matches | undefined>;
  readonly inspect: (code: string, place: number) => Promise<string | undefined>;
  readonly diagnose: (code: string) => Promise<readonly Diagnostic[]>;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** What it is called for those who cannot see it. */
  readonly label: string;
  readonly language: LanguageService;
  readonly onEdit: (text: string) => void;
  readonly onFocus: () => void;
  /** @param goesOn whether the next cell shall have the focus */
  readonly onRun: (goesOn: boolean) => void;
}

export interface Editor {
  readonly setText: (text: string) => void;
  readonly focus: () => void;
}

/** Milliseconds after the last key until the text is looked at. */
const lintDelay = 150;

/** An editor of TypeScript. */
export function createEditor({ parent, text, ...options }: EditorOptions): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: text, extensions: extensions(options) }),
  });
  return {
    focus: () => {
      view.focus();
    },
    setText: (insert) => {
      if (insert === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert } });
    },
  };
}

function extensions({
  label,
  language,
  onEdit,
  onFocus,
  onRun,
}: Omit<EditorOptions, 'parent' | 'text'>) {
  const run = (goesOn: boolean) => () => {
    onRun(goesOn);
    return true;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: 'Shift-Enter', run: run(true) },
        { key: 'Mod-Enter', run: run(false) },
      ]),
    ),
    history(),
    typescriptLanguage,
    syntaxHighlighting(highlightStyle),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completions(language)] }),
    hoverTooltip(hover(language)),
    // Also when it is entered: then the compiler knows the cell when it is asked.
    linter(marks(language), { delay: lintDelay, needsRefresh: isEntered }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      { key: 'Escape', run: letTabLeave },
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': 'page-editor-help',
      autocapitalize: 'off',
      tabindex: '0',
      translate: 'no',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onEdit(update.state.doc.toString());
      if (isEntered(update)) onFocus();
    }),
    EditorView.domEventHandlers({
      blur: (_, view) => {
        view.setTabFocusMode(false);
      },
    }),
  ];
}

function isEntered({ focusChanged, view }: ViewUpdate): boolean {
  return focusChanged && view.hasFocus;
}

/** Until the editor is entered again: whoever cannot see is not to be hurried. */
function letTabLeave(view: EditorView): boolean {
  view.setTabFocusMode(true);
  announce('Tab now leaves the editor.');
  return true;
}

function completions({ complete }: LanguageService) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const isWanted = context.explicit || context.matchBefore(/[\w$.]$/) !== null;
    if (!isWanted) return null;
    const found = await complete(context.state.doc.toString(), context.pos);
    if (!found || found.matches.length === 0 || context.aborted) return null;
    return {
      from: found.start,
      to: Math.max(found.end, context.pos),
      options: found.matches.map((label, i) => ({ label, boost: Math.max(-99, -i) })),
      validFor: /^[\w$]*$/,
    };
  };
}

function hover({ inspect }: LanguageService) {
  return async (view: EditorView, pos: number): Promise<Tooltip | null> => {
    const word = view.state.wordAt(pos);
    if (!word) return null;
    const found = await inspect(view.state.doc.toString(), pos);
    if (found === undefined) return null;
    const dom = make('pre', { class: 'inspection', text: found });
    return { pos: word.from, end: word.to, create: () => ({ dom }) };
  };
}

function marks({ diagnose }: LanguageService) {
  return async ({ state }: EditorView): Promise<readonly Mark[]> => {
    const { length } = state.doc;
    const within = (place: number) => Math.min(Math.max(place, 0), length);
    return (await diagnose(state.doc.toString())).map(({ start, end, message, severity }) => ({
      from: within(start),
      to: within(end),
      message,
      severity,
    }));
  };
}
