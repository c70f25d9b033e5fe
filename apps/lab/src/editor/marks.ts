/** What is drawn over the program's text: the lines that ran and run next, breakpoints, values, errors. */
import { type EditorState, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  GutterMarker,
  gutterLineClass,
  WidgetType,
} from '@codemirror/view';
import type { LineNote } from '../protocol.ts';

export interface Marks {
  readonly ran: number | null;
  readonly next: number | null;
  readonly notes: readonly LineNote[];
  readonly error: { readonly line: number; readonly message: string } | null;
  readonly breakpoints: readonly number[];
}
export const NO_MARKS: Marks = { ran: null, next: null, notes: [], error: null, breakpoints: [] };

/** Text in an element of its own: a value at a line's end, a message under it. */
class Text extends WidgetType {
  readonly text: string;
  readonly tag: 'span' | 'div';
  readonly class: string;
  constructor(text: string, tag: 'span' | 'div', className: string) {
    super();
    this.text = text;
    this.tag = tag;
    this.class = className;
  }
  override eq(other: Text): boolean {
    return other.text === this.text && other.class === this.class;
  }
  toDOM(): HTMLElement {
    const element = document.createElement(this.tag);
    element.className = this.class;
    element.textContent = this.text;
    return element;
  }
}

type SignKind = 'next' | 'break' | 'break-next';
class Sign extends GutterMarker {
  readonly kind: SignKind;
  constructor(kind: SignKind) {
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
/** A line's colour goes over the gutters, too. */
class GutterLine extends GutterMarker {
  override readonly elementClass: string;
  constructor(elementClass: string) {
    super();
    this.elementClass = elementClass;
  }
  override eq(other: GutterLine): boolean {
    return other.elementClass === this.elementClass;
  }
}

interface Drawn {
  readonly lines: DecorationSet;
  readonly signs: RangeSet<GutterMarker>;
  readonly gutters: RangeSet<GutterMarker>;
}
const NOTHING: Drawn = { lines: Decoration.none, signs: RangeSet.empty, gutters: RangeSet.empty };

export const setMarks = StateEffect.define<Marks>();

export const marksField = StateField.define<Drawn>({
  create: () => NOTHING,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return drawn(effect.value, transaction.state);
    if (!transaction.docChanged) return value;
    const { changes } = transaction;
    return { lines: value.lines.map(changes), signs: value.signs.map(changes), gutters: value.gutters.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.lines),
    gutterLineClass.from(field, (value) => value.gutters),
  ],
});

function drawn(marks: Marks, { doc }: EditorState): Drawn {
  const has = (line: number | null | undefined): line is number => line != null && line >= 1 && line <= doc.lines;
  const lines: Range<Decoration>[] = [];
  const signs: Range<GutterMarker>[] = [];
  const gutters: Range<GutterMarker>[] = [];
  const classes = new Map<number, string>();
  const add = (line: number | null | undefined, name: string): void => {
    if (has(line)) classes.set(line, `${classes.get(line) ?? ''} ${name}`.trim());
  };
  add(marks.ran, 'line-ran');
  add(marks.next, 'line-next');
  add(marks.error?.line, 'line-wrong');
  for (const [line, names] of classes) {
    const { from } = doc.line(line);
    lines.push(Decoration.line({ class: names }).range(from));
    gutters.push(new GutterLine(names).range(from));
  }
  for (const { line, text, tone } of marks.notes) {
    if (!has(line)) continue;
    const widget = new Text(text, 'span', `line-note ${tone}`);
    lines.push(Decoration.widget({ widget, side: 1 }).range(doc.line(line).to));
  }
  if (has(marks.error?.line) && marks.error !== null) {
    const widget = new Text(marks.error.message, 'div', 'line-error');
    lines.push(Decoration.widget({ widget, side: 2, block: true }).range(doc.line(marks.error.line).to));
  }
  const points = new Set(marks.breakpoints.filter(has));
  for (const line of new Set([...points, ...(has(marks.next) ? [marks.next] : [])])) {
    const kind = points.has(line) ? (line === marks.next ? 'break-next' : 'break') : 'next';
    signs.push(new Sign(kind).range(doc.line(line).from));
  }
  return { lines: Decoration.set(lines, true), signs: RangeSet.of(signs, true), gutters: RangeSet.of(gutters, true) };
}
