// All tokens of a source as the module tokenize shows them: with comments and blank lines, names and operators by kind,
// and the lines they stand on. Mirrors Python/Python-tokenize.c of CPython 3.13.
import type { SyntaxErrorKind } from '../errors.ts';
import { Source } from './source.ts';
import * as T from './token.ts';
import { Tokenizer } from './tokenizer.ts';
import { codePoints } from './utf8.ts';

export interface ShownToken {
  readonly type: number;
  readonly text: string;
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
  readonly lineText: string;
}
export interface ShownError {
  readonly kind: SyntaxErrorKind;
  readonly msg: string;
  readonly line: number;
  readonly offset: number;
  readonly lineText: string;
}

// The numbers of token.py.
const NAME = 1;
const OP = 55;
const SHOWN: Readonly<Record<number, number>> = {
  [T.ENDMARKER]: 0,
  [T.NUMBER]: 2,
  [T.STRING]: 3,
  [T.NEWLINE]: 4,
  [T.INDENT]: 5,
  [T.DEDENT]: 6,
  [T.FSTRING_START]: 59,
  [T.FSTRING_MIDDLE]: 60,
  [T.FSTRING_END]: 61,
  [T.COMMENT]: 62,
  [T.NL]: 63,
};
/** The operators in the order of their numbers, from 7 on. */
const OPERATORS = [
  ...[T.LPAR, T.RPAR, T.LSQB, T.RSQB, T.COLON, T.COMMA, T.SEMI, T.PLUS, T.MINUS, T.STAR, T.SLASH, T.VBAR, T.AMPER],
  ...[T.LESS, T.GREATER, T.EQUAL, T.DOT, T.PERCENT, T.LBRACE, T.RBRACE, T.EQEQUAL, T.NOTEQUAL, T.LESSEQUAL],
  ...[T.GREATEREQUAL, T.TILDE, T.CIRCUMFLEX, T.LEFTSHIFT, T.RIGHTSHIFT, T.DOUBLESTAR, T.PLUSEQUAL, T.MINEQUAL],
  ...[T.STAREQUAL, T.SLASHEQUAL, T.PERCENTEQUAL, T.AMPEREQUAL, T.VBAREQUAL, T.CIRCUMFLEXEQUAL, T.LEFTSHIFTEQUAL],
  ...[T.RIGHTSHIFTEQUAL, T.DOUBLESTAREQUAL, T.DOUBLESLASH, T.DOUBLESLASHEQUAL, T.AT, T.ATEQUAL, T.RARROW],
  ...[T.ELLIPSIS, T.COLONEQUAL, T.EXCLAMATION],
];
function shownType(type: number, exact: boolean): number {
  const plain = SHOWN[type];
  if (plain !== undefined) return plain;
  const k = OPERATORS.indexOf(type);
  return k >= 0 ? (exact ? k + 7 : OP) : type === T.OP ? OP : NAME;
}

function nulError(lines: readonly string[]): ShownError {
  const line = lines.findIndex((s) => s.includes('\0'));
  const msg = 'source code cannot contain null bytes';
  return { kind: 'SyntaxError', msg, line: line + 1, offset: 0, lineText: lines[line] ?? '' };
}
/** Where CPython shows the end of the file: behind a line that goes on, else in front. */
function endOffset(text: string, lineStart: number, inFString: boolean, wholeLine: number): number {
  const last = text.slice(lineStart);
  return inFString || (last.endsWith('\\\n') && last.trim() !== '\\') ? wholeLine : 0;
}

/** The tokens of the lines, and the error that ends them, if one does. `extra`: with comments, and operators as OP. */
export function tokensOfLines(
  lines: readonly string[],
  extra: boolean,
): { readonly tokens: ShownToken[]; readonly error: ShownError | null } {
  const joined = lines.join('');
  const implicit = joined.length > 0 && !joined.endsWith('\n');
  if (joined.includes('\0')) return { tokens: [], error: nulError(lines) };
  const source = new Source(joined, { filename: '<string>', fromFile: false, decode: undefined }, true);
  const tok = new Tokenizer(source);
  tok.extra = extra;
  tok.run();
  const t = tok.tokens;
  const text = source.text;
  const startOf = (line: number): number => source.lineStarts[line - 1] ?? text.length;
  const endOf = (line: number): number => source.lineStarts[line] ?? text.length;
  // as they were read, with the line ends that they had
  const shownLines = (from: number, to: number): string => {
    let s = '';
    for (let k = from; k <= to; k++) s += lines[k - 1] ?? '';
    return s;
  };
  const tokens: ShownToken[] = [];
  let lastLine = -1;
  let lineText = '';
  for (let i = 0; i < t.count; i++) {
    const type = t.type[i]!;
    if (type === T.ERRORTOKEN) break;
    const endLine = t.endLine[i]!;
    const isText = type === T.STRING || (type >= T.FSTRING_START && type <= T.FSTRING_END);
    const line = isText ? t.line[i]! : endLine;
    let start = t.start[i]!;
    const end = t.end[i]!;
    if (extra && type === T.INDENT) start = startOf(line);
    if (extra && (type === T.ENDMARKER || (type === T.DEDENT && start >= text.length))) {
      lastLine = line;
      tokens.push({ type: SHOWN[type]!, text: '', line: line + 1, col: 0, endLine: line + 1, endCol: 0, lineText: '' });
      continue;
    }
    if (endLine !== lastLine) lineText = shownLines(line, endLine);
    lastLine = line;
    let shown = text.slice(start, end);
    const placed = extra || t.col[i]! >= 0;
    const col = placed ? codePoints(text, startOf(line), start) : -1;
    let endCol = placed ? codePoints(text, startOf(endLine), end) : -1;
    if (!placed) shown = '';
    if (extra && (type === T.NEWLINE || type === T.NL)) {
      const last = implicit && endOf(endLine) >= text.length;
      shown = last ? '' : (lines[endLine - 1] ?? '').endsWith('\r\n') ? '\r\n' : '\n';
      endCol = col + Math.max(1, shown.length);
    }
    tokens.push({ type: shownType(type, !extra), text: shown, line, col, endLine, endCol, lineText });
  }
  const e = tok.error;
  if (e === null) return { tokens, error: null };
  const lineOf = shownLines(e.lineno, e.lineno);
  const eof = e.where === 'eof';
  const wholeLine = codePoints(text, startOf(e.lineno), endOf(e.lineno));
  const error: ShownError = {
    kind: e.kind,
    msg: eof ? 'unexpected EOF in multi-line statement' : e.msg,
    line: e.lineno,
    offset:
      e.where === 'range' ? e.offset : eof ? endOffset(text, startOf(e.lineno), e.inFString, wholeLine) : wholeLine,
    lineText: e.where === 'range' ? lineOf : lineOf.replace(/\r?\n$/, ''),
  };
  return { tokens, error };
}
