// The instructions of CPython 3.13 (Include/opcode_ids.h, Include/internal/pycore_opcode_metadata.h): one record for each, and
// dense tables for whoever walks bytecode.
import {
  _PyOpcode_num_popped,
  _PyOpcode_num_pushed,
  HAS_ARG_FLAG,
  HAS_CONST_FLAG,
  HAS_FREE_FLAG,
  HAS_JUMP_FLAG,
  HAS_LOCAL_FLAG,
  HAS_NAME_FLAG,
  MIN_INSTRUMENTED_OPCODE,
  OP,
  type OpcodeName,
  opcodeRows,
} from './generated/opcodes.ts';

export interface Opcode {
  readonly name: OpcodeName;
  readonly number: number;
  /** 16-bit inline cache entries that follow the instruction. */
  readonly caches: number;
  /** The instruction that this one is a specialisation of; its own number otherwise. */
  readonly base: number;
  /** HAS_*_FLAG bits. */
  readonly flags: number;
  /** An instruction of the compiler only, replaced before the code object is made. */
  readonly pseudo: boolean;
}

export const opcodes: readonly Opcode[] = /* @__PURE__ */ opcodeRows.map(([name, number, caches, base, flags]) => ({
  name,
  number,
  caches,
  base,
  flags,
  pseudo: number > 255,
}));

const byNumber: readonly (Opcode | undefined)[] = /* @__PURE__ */ (() => {
  const table: (Opcode | undefined)[] = new Array(268).fill(undefined);
  for (const opcode of opcodes) table[opcode.number] = opcode;
  return table;
})();

export function opcodeAt(number: number): Opcode | undefined {
  return byNumber[number];
}

export function opcodeName(number: number): string {
  return byNumber[number]?.name ?? `<${number}>`;
}

/** Inline cache entries after each real opcode. */
export const opcodeCaches: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  for (const { number, caches } of opcodes) if (number < 256) table[number] = caches;
  return table;
})();

/** The generic instruction behind each real opcode: what `co_code` shows. */
/**
 * Not 3.13's, for the policies of 3.14: LOAD_FAST without counting the reference, the instruction that carries out the one
 * behind it with regard to borrowed operands and locals (vm/borrowed.ts), and the one that looks up a method of a `with`
 * statement's manager. A slot whose high word is 1 holds a borrowed reference.
 */
export const LOAD_FAST_BORROW = 119;
export const BORROWED = 120;
export const LOAD_SPECIAL = 121;

export const opcodeDeopt: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  for (const { number, base } of opcodes) if (number < 256) table[number] = base;
  for (const number of [LOAD_FAST_BORROW, BORROWED, LOAD_SPECIAL]) table[number] = number;
  return table;
})();

function hasFlag(opcode: number, flag: number): boolean {
  return ((byNumber[opcode]?.flags ?? 0) & flag) !== 0;
}
export function hasArg(opcode: number): boolean {
  return hasFlag(opcode, HAS_ARG_FLAG);
}
export function hasConst(opcode: number): boolean {
  return hasFlag(opcode, HAS_CONST_FLAG);
}
export function hasName(opcode: number): boolean {
  return hasFlag(opcode, HAS_NAME_FLAG);
}
export function hasJump(opcode: number): boolean {
  return hasFlag(opcode, HAS_JUMP_FLAG);
}
export function hasLocal(opcode: number): boolean {
  return hasFlag(opcode, HAS_LOCAL_FLAG);
}
export function hasFree(opcode: number): boolean {
  return hasFlag(opcode, HAS_FREE_FLAG);
}
/** The pseudo instructions that open an exception handler's block. */
export function hasExc(opcode: number): boolean {
  return opcode === OP.SETUP_FINALLY || opcode === OP.SETUP_CLEANUP || opcode === OP.SETUP_WITH;
}
export function isSpecialized(opcode: number): boolean {
  return opcode < MIN_INSTRUMENTED_OPCODE && opcodeDeopt[opcode] !== opcode;
}

/**
 * The change of the stack's depth (PyCompile_OpcodeStackEffectWithJump): with `jump` along the jump, without it along the
 * fall-through, undefined for the larger of the two. null: no effect is defined (specialised or unknown opcodes).
 */
export function stackEffect(opcode: number, oparg: number, jump?: boolean): number | null {
  if (opcode < 256 && opcodeDeopt[opcode] !== opcode) return null;
  if (opcode > 255) return pseudoEffect(opcode, jump);
  if (opcode === BORROWED) return 0;
  if (opcode === LOAD_FAST_BORROW || opcode === LOAD_SPECIAL) return 1;
  const popped = _PyOpcode_num_popped(opcode, oparg);
  const pushed = _PyOpcode_num_pushed(opcode, oparg);
  if (popped < 0 || pushed < 0) return null;
  return pushed - popped;
}

function pseudoEffect(opcode: number, jump: boolean | undefined): number | null {
  switch (opcode) {
    case OP.POP_BLOCK:
    case OP.JUMP:
    case OP.JUMP_NO_INTERRUPT:
      return 0;
    case OP.SETUP_FINALLY:
    case OP.SETUP_WITH:
      return jump === false ? 0 : 1;
    case OP.SETUP_CLEANUP:
      return jump === false ? 0 : 2;
    case OP.STORE_FAST_MAYBE_NULL:
    case OP.LOAD_SUPER_METHOD:
    case OP.LOAD_ZERO_SUPER_METHOD:
    case OP.LOAD_ZERO_SUPER_ATTR:
      return -1;
    case OP.LOAD_CLOSURE:
    case OP.LOAD_METHOD:
      return 1;
    default:
      return null;
  }
}
