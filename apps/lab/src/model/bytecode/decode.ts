/** Instructions as they lie in a code object, specialised ones told as what they stand for. */
import {
  _PyOpcode_num_popped,
  hasArg,
  hasConst,
  hasFree,
  hasJump,
  hasLocal,
  hasName,
  isSpecialized,
  OP,
  opcodeCaches,
  opcodeDeopt,
  opcodeName,
  PyCodeObject,
  PyTupleObject,
  PyVarObject,
  stackEffect,
} from '@moult/abi';
import { describe, lineAt, nameText, type Reader } from '@moult/inspect';

export interface Instruction {
  /** Bytes from the first instruction: where it begins (with what extends its argument), itself, and behind its caches. */
  readonly start: number;
  readonly offset: number;
  readonly end: number;
  readonly line: number | null;
  /** The first instruction of its line. */
  readonly firstOfLine: boolean;
  readonly opcode: number;
  readonly name: string;
  readonly arg: number | null;
  /** What the argument means. */
  readonly text: string;
  /** The quicker form that stands there now. */
  readonly special: string | null;
  readonly effect: number | null;
  readonly pops: number | null;
  readonly jumpsTo: number | null;
}

const COMPARE = ['<', '<=', '==', '!=', '>', '>='];
const BINARY = ['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'];
const BACKWARD: ReadonlySet<number> = new Set([OP.JUMP_BACKWARD, OP.JUMP_BACKWARD_NO_INTERRUPT]);
/** Their argument is a name's index above one or two bits of something else. */
const SHIFTED: Readonly<Record<number, number>> = { [OP.LOAD_GLOBAL]: 1, [OP.LOAD_ATTR]: 1, [OP.LOAD_SUPER_ATTR]: 2 };
const TWO_LOCALS: ReadonlySet<number> = new Set([
  OP.LOAD_FAST_LOAD_FAST,
  OP.STORE_FAST_LOAD_FAST,
  OP.STORE_FAST_STORE_FAST,
]);

export function decode(reader: Reader, code: number): Instruction[] {
  const first = code + PyCodeObject.co_code_adaptive;
  const units = reader.ssize(code + PyVarObject.ob_size);
  const out: Instruction[] = [];
  let extended = 0;
  let start = 0;
  let lineBefore: number | null = null;
  for (let unit = 0; unit < units; ) {
    const raw = reader.u8(first + unit * 2);
    const opcode = opcodeDeopt[raw] as number;
    const arg = extended * 256 + reader.u8(first + unit * 2 + 1);
    if (opcode === OP.EXTENDED_ARG) {
      extended = arg;
      unit++;
      continue;
    }
    const caches = opcodeCaches[opcode] as number;
    const end = (unit + 1 + caches) * 2;
    const line = lineAt(reader, code, unit * 2);
    const jumpsTo = hasJump(opcode) ? end + (BACKWARD.has(opcode) ? -arg : arg) * 2 : null;
    const popped = _PyOpcode_num_popped(opcode, arg);
    out.push({
      start,
      offset: unit * 2,
      end,
      line,
      firstOfLine: line !== lineBefore,
      opcode,
      name: opcodeName(opcode),
      arg: hasArg(opcode) ? arg : null,
      text: jumpsTo !== null ? `to ${jumpsTo}` : argumentText(reader, code, opcode, arg),
      special: isSpecialized(raw) ? opcodeName(raw) : null,
      effect: stackEffect(opcode, arg),
      pops: popped < 0 ? null : popped,
      jumpsTo,
    });
    lineBefore = line;
    extended = 0;
    unit += 1 + caches;
    start = unit * 2;
  }
  return out;
}

function argumentText(reader: Reader, code: number, opcode: number, arg: number): string {
  const item = (field: number, k: number): number => {
    const tuple = reader.ptr(code + field);
    return k < reader.ssize(tuple + PyVarObject.ob_size) ? reader.ptr(tuple + PyTupleObject.ob_item + k * 8) : 0;
  };
  const local = (k: number): string => nameText(reader, item(PyCodeObject.co_localsplusnames, k));
  if (hasConst(opcode)) return describe(reader, item(PyCodeObject.co_consts, arg), 0);
  if (hasName(opcode)) return nameText(reader, item(PyCodeObject.co_names, arg >> (SHIFTED[opcode] ?? 0)));
  if (TWO_LOCALS.has(opcode)) return `${local(arg >> 4)}, ${local(arg & 15)}`;
  if (hasLocal(opcode) || hasFree(opcode)) return local(arg);
  if (opcode === OP.COMPARE_OP) return COMPARE[arg >> 5] ?? '';
  if (opcode === OP.BINARY_OP)
    return arg >= BINARY.length ? `${BINARY[arg - BINARY.length] ?? ''}=` : (BINARY[arg] ?? '');
  return '';
}
