// parse(): source to syntax tree. A fast parser that knows only right and wrong goes first; when it says wrong, the
// error parser repeats CPython's own passes to find its message and place.
import type { Mod } from '../ast.ts';
import type { ParseOptions } from '../errors.ts';
import { Source } from '../tokenizer/source.ts';
import { Tokenizer } from '../tokenizer/tokenizer.ts';
import { type ParserWarning, REFUSED } from './base.ts';
import { type Refused, explain } from './errors/explain.ts';
import { Reporter } from './errors/report.ts';
import { LiteralError } from './literals.ts';
import { FastParser } from './statements.ts';

const INT_MAX_STR_DIGITS = 4300;

export function parse(source: string | Uint8Array, options: ParseOptions): Mod {
  const { filename, mode } = options;
  const decoding = { filename, fromFile: options.fromFile ?? false, decode: options.decode };
  const tok = new Tokenizer(new Source(source, decoding, mode === 'exec')).run();
  if (mode === 'single') tok.implyNewline();
  const literals = {
    resolveCharName: options.resolveCharName ?? (() => -1),
    intMaxStrDigits: options.intMaxStrDigits ?? INT_MAX_STR_DIGITS,
    undecoded: tok.source.undecoded,
  };
  const barryAsFLUFL = options.barryAsFLUFL ?? false;
  const parser = new FastParser(tok, literals, barryAsFLUFL);
  const refused = (start: number): Refused => ({
    tok,
    literals,
    mode,
    barryAsFLUFL,
    tokensRead: 0,
    warnings: [],
    start,
  });
  let mod: Mod;
  try {
    mod = parser.file(mode);
  } catch (e) {
    if (e !== REFUSED && !(e instanceof LiteralError)) throw e;
    const r = refused(parser.statementStart);
    try {
      explain(r);
    } finally {
      const before = parser.warnings.filter((w) => w.token < r.start);
      const tokenizers = tok.warnings.filter((w) => w.token < r.tokensRead);
      emitWarnings([...tokenizers, ...before, ...r.warnings], options);
    }
    throw new Error(`${filename}: the two parsers disagree near line ${tok.tokens.line[parser.pos]}`);
  }
  if (parser.mayBeTooDeep) explain(refused(0));
  // A single statement ends before the rest of the source is read.
  const read = mode === 'single' ? parser.pos : tok.tokens.count;
  emitWarnings([...tok.warnings.filter((w) => w.token < read), ...parser.warnings], options);
  if (mode === 'single') checkSingle(tok, parser.pos);
  return mod;
}

/** Warnings of the tokenizer and of literals, in the order of the tokens that they are about. */
function emitWarnings(warnings: ParserWarning[], options: ParseOptions): void {
  if (!options.onWarning || warnings.length === 0) return;
  warnings.sort((a, b) => a.token - b.token);
  for (const w of warnings) options.onWarning('SyntaxWarning', w.message, w.lineno);
}

/** compile(..., 'single') refuses anything but white space and comments behind its statement. */
function checkSingle(tok: Tokenizer, pos: number): void {
  const t = tok.tokens;
  const rest = tok.text.slice(t.end[pos - 1]!);
  if (/^(?:[ \t\n\f]|#[^\n]*(?:\n|$))*$/.test(rest)) return;
  const msg = 'multiple statements found while compiling a single statement';
  new Reporter(tok).atToken('SyntaxError', msg, pos - 1, pos);
}
