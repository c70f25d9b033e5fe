// String literals: implicit concatenation and f-strings. Mirrors CPython's Parser/action_helpers.c.
import type { ConstantExpr, Expr } from '../ast.ts';
import { type Constant, joined, type StrConstant } from '../constants.ts';
import * as T from '../tokenizer/token.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { type LiteralOptions, ParserBase } from './base.ts';
import { decodeUnicode, isBraceWarning, stringConstant } from './literals.ts';
import * as N from './nodes.ts';

/** The source between a field's `{` and its end, as `=` shows it: comments are left out. */
const debugText = (source: string): string => (source.includes('#') ? source.replace(/#[^\n]*/g, '') : source);

const notEmpty = (part: Expr): boolean => part.kind !== 'Constant' || part.value.t !== 'str' || part.value.v !== '';

/** Joins neighbouring constants and drops empty ones. */
function mergeConstants(parts: Expr[]): Expr[] {
  const out: Expr[] = [];
  for (let i = 0; i < parts.length; ) {
    const part = parts[i]!;
    if (part.kind !== 'Constant') {
      out.push(part);
      i++;
      continue;
    }
    const pieces: StrConstant[] = [];
    let last: Expr = part;
    for (; i < parts.length; i++) {
      const p = parts[i]!;
      if (p.kind !== 'Constant' || p.value.t !== 'str') break;
      pieces.push(p.value);
      last = p;
    }
    const { v, points } = joined(pieces);
    if (v === '') continue;
    const merged = N.ConstantExpr(points === undefined ? { t: 'str', v } : { t: 'str', v, points }, part.constantKind);
    merged.lineno = part.lineno;
    merged.col_offset = part.col_offset;
    merged.end_lineno = last.end_lineno;
    merged.end_col_offset = last.end_col_offset;
    out.push(merged);
  }
  return out;
}

export abstract class StringParser extends ParserBase {
  protected readonly barryAsFLUFL: boolean;

  constructor(tok: Tokenizer, options: LiteralOptions, barryAsFLUFL: boolean) {
    super(tok, options);
    this.barryAsFLUFL = barryAsFLUFL;
  }

  protected abstract annotatedRhs(): Expr;

  private stringToken(): ConstantExpr {
    const s = this.pos++;
    this.literalToken = s;
    const { value, u } = stringConstant(this.tokenText(s), this.literals);
    return this.at(N.ConstantExpr(value, u ? 'u' : null), s);
  }

  protected strings(): Expr {
    const s = this.pos;
    const first: Expr[] = [];
    let onlyStrings = true;
    for (;;) {
      const type = this.types[this.pos];
      if (type === T.STRING) first.push(this.stringToken());
      else if (type === T.FSTRING_START) {
        onlyStrings = false;
        first.push(...this.fstring());
      } else break;
    }
    if (!onlyStrings) {
      if (first.some((p) => p.kind === 'Constant' && p.value.t === 'bytes')) this.fail();
      return this.at(N.JoinedStr(mergeConstants(first)), s);
    }
    const constants = first as ConstantExpr[];
    const one = constants[0]!;
    if (constants.length === 1) return one;
    return this.at(N.ConstantExpr(this.concatenated(constants), one.value.t === 'str' ? one.constantKind : null), s);
  }

  private concatenated(constants: ConstantExpr[]): Constant {
    if (constants[0]!.value.t === 'str') {
      const pieces: StrConstant[] = [];
      for (const c of constants) {
        if (c.value.t !== 'str') this.fail();
        pieces.push(c.value);
      }
      const { v, points } = joined(pieces);
      return points === undefined ? { t: 'str', v } : { t: 'str', v, points };
    }
    const bytes: number[] = [];
    for (const c of constants) {
      if (c.value.t !== 'bytes') this.fail();
      for (const b of c.value.v) bytes.push(b);
    }
    return { t: 'bytes', v: Uint8Array.from(bytes) };
  }

  /** The parts of one f-string, not merged yet. */
  private fstring(): Expr[] {
    const start = this.pos++;
    const raw = /[rR]/.test(this.tokenText(start).slice(0, 2));
    this.deeper(32);
    const parts: Expr[] = [];
    const middles: [ConstantExpr, number][] = [];
    for (;;) {
      const s = this.pos;
      const type = this.types[s];
      if (type === T.FSTRING_MIDDLE) {
        this.pos++;
        const part = this.at(N.ConstantExpr({ t: 'str', v: '' }, null), s);
        middles.push([part, s]);
        parts.push(part);
      } else if (type === T.LBRACE) parts.push(...this.replacementField(raw));
      else break;
    }
    // CPython decodes the text of an f-string after its replacement fields: warnings come in this order.
    // The warnings name the line of its end.
    for (const [part, s] of middles) part.value = this.middleText(s, raw, this.pos);
    this.expect(T.FSTRING_END);
    this.depth -= 32;
    return parts;
  }

  private middleText(s: number, raw: boolean, warnAt: number): StrConstant {
    const text = this.tokenText(s);
    if (raw || !text.includes('\\')) return { t: 'str', v: text };
    this.literalToken = warnAt;
    const warn = (message: string): void => {
      if (!isBraceWarning(message)) this.literals.warn(message);
    };
    return decodeUnicode(text, { ...this.literals, warn });
  }

  /** '{' expression '='? conversion? format_spec? '}': one part, or two when `=` shows the source. */
  private replacementField(raw: boolean): Expr[] {
    const s = this.pos++;
    const starts = this.tok.tokens.start;
    const value = this.annotatedRhs();
    const debug = this.accept(T.EQUAL);
    let conversion = -1;
    const afterValue = this.pos;
    let bang = -1;
    if (this.accept(T.EXCLAMATION)) {
      bang = this.pos;
      // No space between `!` and its letter.
      if (starts[bang] !== this.tok.tokens.end[bang - 1]) this.fail();
      const letter = this.name();
      if (letter !== 's' && letter !== 'r' && letter !== 'a') this.fail();
      conversion = letter.charCodeAt(0);
    }
    let spec: Expr | null = null;
    const colon = this.pos;
    if (this.types[colon] === T.COLON) spec = this.formatSpec(raw);
    this.expect(T.RBRACE);
    if (debug && bang < 0 && spec === null) conversion = 114;
    const field = this.at(N.FormattedValue(value, conversion, spec), s);
    if (!debug) return [field];
    const text = debugText(this.source.slice(starts[s]! + 1, starts[afterValue]!));
    const shown = N.ConstantExpr({ t: 'str', v: text }, null);
    shown.lineno = field.lineno;
    shown.col_offset = field.col_offset + 1;
    const debugEnd = bang >= 0 ? bang : spec !== null ? colon : -1;
    shown.end_lineno = debugEnd >= 0 ? this.lines[debugEnd]! : field.end_lineno;
    // Up to the `!`, the `:` or the `}`.
    shown.end_col_offset = debugEnd < 0 ? field.end_col_offset - 1 : this.cols[debugEnd]! - (bang >= 0 ? 1 : 0);
    return [shown, field];
  }

  private formatSpec(raw: boolean): Expr {
    const s = this.pos++;
    const parts: Expr[] = [];
    for (;;) {
      const m = this.pos;
      if (this.types[m] === T.FSTRING_MIDDLE) {
        this.pos++;
        parts.push(this.at(N.ConstantExpr(this.middleText(m, raw, m), null), m));
      } else if (this.types[m] === T.LBRACE) parts.push(...this.replacementField(raw));
      else break;
    }
    const values = mergeConstants(parts);
    // CPython 3.13 joins several pieces of mere text to a plain constant.
    if (values.length === 1 && values[0]!.kind === 'Constant' && parts.filter(notEmpty).length > 1) return values[0]!;
    return this.at(N.JoinedStr(values), s);
  }
}
