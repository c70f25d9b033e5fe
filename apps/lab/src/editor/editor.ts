/** The program's text: CodeMirror with Python, the lines that ran and run next marked, values and errors at their places. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  gutter,
  GutterMarker,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { LineNote } from '../protocol.ts';
import inside from './inside.css?inline';

export interface Marks {
  readonly ran: number | null;
  readonly next: number | null;
  readonly notes: readonly LineNote[];
  readonly error: { readonly line: number; readonly message: string } | null;
  readonly breakpoints: readonly number[];
}
export const NO_MARKS: Marks = { ran: null, next: null, notes: [], error: null, breakpoints: [] };

class Note extends WidgetType {
  readonly text: string;
  readonly tone: string;
  constructor(text: string, tone: string) {
    super();
    this.text = text;
    this.tone = tone;
  }
  override eq(other: Note): boolean {
    return other.text === this.text && other.tone === this.tone;
  }
  toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = `line-note ${this.tone}`;
    element.textContent = this.text;
    return element;
  }
}
class Message extends WidgetType {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override eq(other: Message): boolean {
    return other.text === this.text;
  }
  toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'line-error';
    element.textContent = this.text;
    return element;
  }
}
class Sign extends GutterMarker {
  readonly kind: 'next' | 'break' | 'break-next';
  constructor(kind: 'next' | 'break' | 'break-next') {
    super();
    this.kind = kind;
  }
  override eq(other: Sign): boolean {
    return other.kind === this.kind;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = `sign ${this.kind}`;
    element.title = this.kind === 'next' ? 'Runs next' : 'Breakpoint';
    return element;
  }
}

const setMarks = StateEffect.define<Marks>();

const marksField = StateField.define<{
  readonly marks: Marks;
  readonly lines: DecorationSet;
  readonly signs: RangeSet<GutterMarker>;
}>({
  create: () => ({ marks: NO_MARKS, lines: Decoration.none, signs: RangeSet.empty }),
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) return drawn(effect.value, transaction.state);
    }
    if (!transaction.docChanged) return value;
    return { ...value, lines: value.lines.map(transaction.changes), signs: value.signs.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, (value) => value.lines),
});

function drawn(
  marks: Marks,
  state: EditorState,
): { marks: Marks; lines: DecorationSet; signs: RangeSet<GutterMarker> } {
  const { doc } = state;
  const has = (line: number | null): line is number => line !== null && line >= 1 && line <= doc.lines;
  const lines: Range<Decoration>[] = [];
  const signs: Range<GutterMarker>[] = [];
  const same = marks.ran === marks.next;
  if (has(marks.ran) && !same) lines.push(Decoration.line({ class: 'line-ran' }).range(doc.line(marks.ran).from));
  if (has(marks.next))
    lines.push(Decoration.line({ class: same ? 'line-ran line-next' : 'line-next' }).range(doc.line(marks.next).from));
  for (const { line, text, tone } of marks.notes) {
    if (!has(line)) continue;
    const at = doc.line(line).to;
    lines.push(Decoration.widget({ widget: new Note(text, tone), side: 1 }).range(at));
  }
  if (marks.error !== null && has(marks.error.line)) {
    const line = doc.line(marks.error.line);
    lines.push(Decoration.line({ class: 'line-wrong' }).range(line.from));
    lines.push(Decoration.widget({ widget: new Message(marks.error.message), side: 2, block: true }).range(line.to));
  }
  const points = new Set(marks.breakpoints.filter(has));
  for (const line of new Set([...points, ...(has(marks.next) ? [marks.next] : [])])) {
    const kind = points.has(line) ? (line === marks.next ? 'break-next' : 'break') : 'next';
    signs.push(new Sign(kind).range(doc.line(line).from));
  }
  return { marks, lines: Decoration.set(lines, true), signs: RangeSet.of(signs, true) };
}

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
    class: 'tok-keyword',
  },
  { tag: [tags.string, tags.special(tags.string)], class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'tok-number' },
  { tag: [tags.comment, tags.lineComment], class: 'tok-comment' },
]);

export interface EditorEvents {
  changed(text: string): void;
  toggled(line: number): void;
}

export class ProgramEditor {
  private readonly view: EditorView;

  constructor(parent: HTMLElement, text: string, events: EditorEvents) {
    const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(inside);
    root.adoptedStyleSheets = [sheet];
    this.view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          drawSelection(),
          pythonLanguage,
          indentUnit.of('    '),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(colours),
          gutter({
            class: 'signs',
            markers: (view) => view.state.field(marksField).signs,
            domEventHandlers: {
              mousedown: (view, block) => {
                events.toggled(view.state.doc.lineAt(block.from).number);
                return true;
              },
            },
          }),
          lineNumbers({
            domEventHandlers: {
              mousedown: (view, block) => {
                events.toggled(view.state.doc.lineAt(block.from).number);
                return true;
              },
            },
          }),
          marksField,
          keymap.of([
            {
              key: 'Escape',
              run: (view) => {
                view.contentDOM.blur();
                return true;
              },
            },
            {
              key: 'F9',
              run: (view) => {
                events.toggled(view.state.doc.lineAt(view.state.selection.main.head).number);
                return true;
              },
            },
            ...historyKeymap,
            indentWithTab,
            ...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'),
          ]),
          EditorView.contentAttributes.of({ 'aria-label': 'Program', spellcheck: 'false', autocapitalize: 'off' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) events.changed(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  setText(text: string): void {
    const { doc } = this.view.state;
    if (doc.toString() === text) return;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  /** Draws the marks and keeps the line that runs next in view. */
  mark(marks: Marks): void {
    const { state } = this.view;
    this.view.dispatch({ effects: setMarks.of(marks) });
    const line = marks.next ?? marks.ran;
    if (line === null || line > state.doc.lines || this.view.hasFocus) return;
    const at = state.doc.line(line).from;
    this.view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'nearest', yMargin: 48 }) });
  }

  destroy(): void {
    this.view.destroy();
  }
}
