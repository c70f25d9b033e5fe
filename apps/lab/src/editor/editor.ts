/** The program's text: CodeMirror with Python, the lines that ran and run next marked, values and errors at their places. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, gutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import inside from './inside.css?inline';
import { type Marks, marksField, setMarks } from './marks.ts';

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
    // what scrolls must be reachable by keys
    this.view.scrollDOM.tabIndex = 0;
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
