export { parse } from './parser/parse.ts';
export {
  PyParserMemoryError,
  PySyntaxError,
  type CompileWarning,
  type ParseOptions,
  type SyntaxErrorKind,
  type SyntaxErrorPhase,
} from './errors.ts';
export type * as ast from './ast.ts';
export { type Constant, notesOf, type StrConstant } from './constants.ts';
export { sourceEncoding } from './tokenizer/decode.ts';
export { type ShownError, type ShownToken, tokensOfLines } from './tokenizer/extra.ts';
export type { CodeData } from './code.ts';
export { DICT, Ledger, LIST, OTHER, ownTuple, tuple } from './ledger.ts';
export { type CompileOptions, compile, compileModule, optimizeModule } from './compile.ts';
export { PyRecursionError } from './compile-errors.ts';
export {
  codeRepr,
  type DisassembleOptions,
  disassemble,
  type Instruction,
  instructionsOf,
  jumpTarget,
} from './dis.ts';
export { type ExceptionEntry, exceptionEntries, type LocationRange, locationRanges } from './locations.ts';
export { ByteWriter, marshalCode, orderOfBytes } from './marshal.ts';
