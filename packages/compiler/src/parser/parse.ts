// parse(): source to syntax tree. A fast parser that knows only right and wrong goes first; when it says wrong, the
// error parser repeats CPython's own passes to find its message and place.
import type { Mod } from '../ast.ts';
import type { ParseOptions } from '../errors.ts';
import { Source } from '../tokenizer/source.ts';
import { Tokenizer } from '../tokenizer/tokenizer.ts';
import { REFUSED } from './base.ts';
import { explain } from './errors/explain.ts';
import { Reporter } from './errors/report.ts';
import { LiteralError } from './literals.ts';
import { FastParser } from './statements.ts';

const INT_MAX_STR_DIGITS = 4300;

export function parse(source: string | Uint8Array, options: ParseOptions): Mod {
  const { filename, mode } = options;
  const tok = new Tokenizer(new Source(source, filename, mode === 'exec')).run();
  if (mode === 'single') tok.implyNewline();
  const literals = {
    resolveCharName: options.resolveCharName ?? (() => -1),
    intMaxStrDigits: options.intMaxStrDigits ?? INT_MAX_STR_DIGITS,
  };
  const barryAsFLUFL = options.barryAsFLUFL ?? false;
  const parser = new FastParser(tok, literals, barryAsFLUFL);
  const judge = (start: number): void =>
    explain({ tok, literals: { ...literals, warn: () => {} }, mode, barryAsFLUFL, start });
  let mod: Mod;
  try {
    mod = parser.file(mode);
  } catch (e) {
    if (e !== REFUSED && !(e instanceof LiteralError)) throw e;
    emitWarnings(tok, parser, options, parser.pos);
    judge(parser.statementStart);
    throw new Error(`${filename}: the two parsers disagree near line ${tok.tokens.line[parser.pos]}`);
  }
  if (parser.mayBeTooDeep) judge(0);
  emitWarnings(tok, parser, options, tok.tokens.count);
  if (mode === 'single') checkSingle(tok, parser.pos);
  return mod;
}

/** Warnings of the tokenizer and of literals, in the order of the tokens that they are about. */
function emitWarnings(tok: Tokenizer, parser: FastParser, options: ParseOptions, limit: number): void {
  if (!options.onWarning) return;
  // The tokenizer reads all of a wrong program, too.
  const all = [...tok.warnings, ...parser.warnings.filter((w) => w.token <= limit)];
  if (tok.warnings.length > 0) all.sort((a, b) => a.token - b.token);
  for (const w of all) options.onWarning('SyntaxWarning', w.message, w.lineno);
}

/** compile(..., 'single') refuses anything but white space and comments behind its statement. */
function checkSingle(tok: Tokenizer, pos: number): void {
  const t = tok.tokens;
  const rest = tok.text.slice(t.end[pos - 1]!);
  if (/^(?:[ \t\n\f]|#[^\n]*(?:\n|$))*$/.test(rest)) return;
  const msg = 'multiple statements found while compiling a single statement';
  new Reporter(tok).atToken('SyntaxError', msg, pos - 1, pos);
}
