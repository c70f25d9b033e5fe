// Code objects as text, laid out as `python3.13 -m dis` does.
import { hasArg, hasConst, hasFree, hasJump, hasLocal, hasName, OP, opcodeCaches, opcodeName } from '@moult/abi';
import type { CodeData } from './code.ts';
import { exceptionEntries, locationRanges } from './locations.ts';
import { constantRepr } from './repr.ts';

export interface DisassembleOptions {
  /** Nested code objects too, to this depth; all by default. */
  depth?: number;
  /** A column with byte offsets. */
  showOffsets?: boolean;
  /** What stands behind ` at ` in the repr of a code object; without it that part is left out. */
  addressOf?: (code: CodeData) => string;
}

export interface Instruction {
  offset: number;
  opcode: number;
  /** null where the instruction takes none. */
  oparg: number | null;
}

const opnameWidth = 20;
const opargWidth = 5;
const noLine = '  --';

const comparisons = ['<', '<=', '==', '!=', '>', '>='];
const functionAttributes = ['defaults', 'kwdefaults', 'annotations', 'closure'];
const conversions = ['', 'str', 'repr', 'ascii'];
const plainOperators = ['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'];
const unaryIntrinsics = [
  'INTRINSIC_1_INVALID',
  'INTRINSIC_PRINT',
  'INTRINSIC_IMPORT_STAR',
  'INTRINSIC_STOPITERATION_ERROR',
  'INTRINSIC_ASYNC_GEN_WRAP',
  'INTRINSIC_UNARY_POSITIVE',
  'INTRINSIC_LIST_TO_TUPLE',
  'INTRINSIC_TYPEVAR',
  'INTRINSIC_PARAMSPEC',
  'INTRINSIC_TYPEVARTUPLE',
  'INTRINSIC_SUBSCRIPT_GENERIC',
  'INTRINSIC_TYPEALIAS',
];
const binaryIntrinsics = [
  'INTRINSIC_2_INVALID',
  'INTRINSIC_PREP_RERAISE_STAR',
  'INTRINSIC_TYPEVAR_WITH_BOUND',
  'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS',
  'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];

/** Every instruction, EXTENDED_ARG by itself; the oparg of the next one includes it. */
export function instructionsOf(code: CodeData): Instruction[] {
  const bytes = code.co_code;
  const instructions: Instruction[] = [];
  let extended = 0;
  for (let offset = 0; offset < bytes.length; ) {
    const opcode = bytes[offset]!;
    let oparg: number | null = null;
    if (hasArg(opcode)) {
      oparg = bytes[offset + 1]! | extended;
      extended = opcode === OP.EXTENDED_ARG ? oparg << 8 : 0;
    } else {
      extended = 0;
    }
    instructions.push({ offset, opcode, oparg });
    offset += 2 + 2 * opcodeCaches[opcode]!;
  }
  return instructions;
}

export function jumpTarget({ offset, opcode, oparg }: Instruction): number {
  const back = opcode === OP.JUMP_BACKWARD || opcode === OP.JUMP_BACKWARD_NO_INTERRUPT;
  return offset + 2 + 2 * opcodeCaches[opcode]! + 2 * (back ? -oparg! : oparg!);
}

export function codeRepr(code: CodeData, addressOf?: (code: CodeData) => string): string {
  const at = addressOf === undefined ? '' : ` at ${addressOf(code)}`;
  return `<code object ${code.co_name}${at}, file "${code.co_filename}", line ${code.co_firstlineno}>`;
}

function describe(
  code: CodeData,
  instr: Instruction,
  labels: Map<number, number>,
  options: DisassembleOptions,
): string {
  const { opcode } = instr;
  const arg = instr.oparg!;
  if (hasConst(opcode)) return constantRepr(code.co_consts[arg]!, (inner) => codeRepr(inner, options.addressOf));
  if (hasName(opcode)) {
    if (opcode === OP.LOAD_GLOBAL) return code.co_names[arg >> 1]! + (arg & 1 ? ' + NULL' : '');
    if (opcode === OP.LOAD_ATTR) return code.co_names[arg >> 1]! + (arg & 1 ? ' + NULL|self' : '');
    if (opcode === OP.LOAD_SUPER_ATTR) return code.co_names[arg >> 2]! + (arg & 1 ? ' + NULL|self' : '');
    return code.co_names[arg]!;
  }
  if (hasJump(opcode)) return `to L${labels.get(jumpTarget(instr))}`;
  switch (opcode) {
    case OP.LOAD_FAST_LOAD_FAST:
    case OP.STORE_FAST_LOAD_FAST:
    case OP.STORE_FAST_STORE_FAST:
      return `${code.co_localsplusnames[arg >> 4]}, ${code.co_localsplusnames[arg & 15]}`;
    case OP.COMPARE_OP: {
      const sign = comparisons[arg >> 5]!;
      return arg & 16 ? `bool(${sign})` : sign;
    }
    case OP.CONVERT_VALUE:
      return conversions[arg]!;
    case OP.SET_FUNCTION_ATTRIBUTE:
      return functionAttributes.filter((_, i) => arg & (1 << i)).join(', ');
    case OP.BINARY_OP:
      return arg < 13 ? plainOperators[arg]! : plainOperators[arg - 13]! + '=';
    case OP.CALL_INTRINSIC_1:
      return unaryIntrinsics[arg]!;
    case OP.CALL_INTRINSIC_2:
      return binaryIntrinsics[arg]!;
    default:
      return hasLocal(opcode) || hasFree(opcode) ? code.co_localsplusnames[arg]! : '';
  }
}

/** Offset to line (-1: none), where the line changes. */
function lineStarts(code: CodeData): Map<number, number> {
  const starts = new Map<number, number>();
  let last: number | null = null;
  for (const { start, loc } of locationRanges(code)) {
    if (loc.lineno === last) continue;
    last = loc.lineno;
    starts.set(start, last);
  }
  return starts;
}

function lineWidth(starts: Map<number, number>): number {
  const max = Math.max(...starts.values());
  if (max <= 0) return 0;
  const width = Math.max(3, String(max).length);
  return [...starts.values()].includes(-1) ? Math.max(width, noLine.length) : width;
}

function disassembleOne(code: CodeData, options: DisassembleOptions, out: string[]): void {
  const instructions = instructionsOf(code);
  const entries = exceptionEntries(code);
  const starts = lineStarts(code);
  const offsets = new Set<number>();
  for (const instr of instructions) if (hasJump(instr.opcode)) offsets.add(jumpTarget(instr));
  for (const entry of entries) offsets.add(entry.start).add(entry.end).add(entry.target);
  const labels = new Map([...offsets].sort((a, b) => a - b).map((offset, i) => [offset, i + 1]));
  const labelWidth = 4 + String(labels.size).length;
  const width = lineWidth(starts);
  const offsetWidth = options.showOffsets ? String(Math.max(code.co_code.length - 2, 9999)).length : 0;
  for (const instr of instructions) {
    const line = starts.get(instr.offset);
    if (width > 0 && line !== undefined && instr.offset > 0) out.push('');
    const fields: string[] = [];
    if (width > 0) fields.push((line === undefined ? '' : line < 0 ? noLine : String(line)).padStart(width));
    const label = labels.get(instr.offset);
    fields.push((label === undefined ? '' : `L${label}:`).padStart(labelWidth));
    if (offsetWidth > 0) fields.push(String(instr.offset).padStart(offsetWidth) + '  ');
    const name = opcodeName(instr.opcode);
    fields.push('   ', name.padEnd(opnameWidth));
    if (instr.oparg !== null) {
      const excess = Math.max(0, name.length - opnameWidth);
      fields.push(String(instr.oparg).padStart(opargWidth - excess));
      const what = describe(code, instr, labels, options);
      if (what !== '') fields.push(`(${what})`);
    }
    out.push(fields.join(' ').trimEnd());
  }
  if (entries.length > 0) {
    out.push('ExceptionTable:');
    for (const { start, end, target, depth, lasti } of entries) {
      const at = (offset: number) => `L${labels.get(offset)}`;
      out.push(`  ${at(start)} to ${at(end)} -> ${at(target)} [${depth}]${lasti ? ' lasti' : ''}`);
    }
  }
}

function disassembleNested(code: CodeData, depth: number, options: DisassembleOptions, out: string[]): void {
  disassembleOne(code, options, out);
  if (depth <= 0) return;
  for (const c of code.co_consts) {
    if (c.t !== 'code') continue;
    out.push('', `Disassembly of ${codeRepr(c.v, options.addressOf)}:`);
    disassembleNested(c.v, depth - 1, options, out);
  }
}

export function disassemble(code: CodeData, options: DisassembleOptions = {}): string {
  const out: string[] = [];
  disassembleNested(code, options.depth ?? Number.POSITIVE_INFINITY, options, out);
  return out.join('\n') + '\n';
}
