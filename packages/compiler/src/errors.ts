// What the compiler throws: plain data from which the runtime makes Python's SyntaxError, with its attributes.

export type SyntaxErrorKind = 'SyntaxError' | 'IndentationError' | 'TabError';

/** What found an error: CPython makes the exception another way in each. */
export type SyntaxErrorPhase = 'tokenizer' | 'parser' | 'symtable' | 'compiler';

export class PySyntaxError extends Error {
  phase: SyntaxErrorPhase = 'tokenizer';
  /** It takes the place of one that the parser has raised. */
  second = false;
  kind: SyntaxErrorKind;
  msg: string;
  filename: string;
  lineno: number | null;
  offset: number | null;
  text: string | null;
  end_lineno: number | null;
  end_offset: number | null;

  constructor(
    kind: SyntaxErrorKind,
    msg: string,
    filename: string,
    lineno: number | null,
    offset: number | null,
    text: string | null,
    end_lineno: number | null,
    end_offset: number | null,
  ) {
    super(`${kind}: ${msg} (${filename}, line ${lineno})`);
    this.kind = kind;
    this.msg = msg;
    this.filename = filename;
    this.lineno = lineno;
    this.offset = offset;
    this.text = text;
    this.end_lineno = end_lineno;
    this.end_offset = end_offset;
  }
}

/** Nesting beyond what CPython's parser follows: a MemoryError with `msg` there. */
export class PyParserMemoryError extends Error {
  msg: string;

  constructor(msg: string) {
    super(msg);
    this.msg = msg;
  }
}

export type CompileWarning = (
  category: 'SyntaxWarning' | 'DeprecationWarning',
  message: string,
  lineno: number,
) => void;

export interface ParseOptions {
  filename: string;
  mode: 'exec' | 'eval' | 'single';
  /** Called for each warning; it may throw to turn the warning into an error. */
  onWarning?: CompileWarning;
  /** The code point named in `\N{name}`, -1 when there is none. Without it every such name is unknown. */
  resolveCharName?: (name: string) => number;
  /** The source is the script that the interpreter runs: texts of errors are its lines, as Python reads them again. */
  fromFile?: boolean;
  /** The runtime's codecs, for sources with a coding cookie; null for an unknown encoding. */
  decode?: (encoding: string, bytes: Uint8Array) => string | null;
  /** sys.get_int_max_str_digits(); 0 is no limit. */
  intMaxStrDigits?: number;
  /** `from __future__ import barry_as_FLUFL`: `<>` instead of `!=`. */
  barryAsFLUFL?: boolean;
}
