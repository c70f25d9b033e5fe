// What the compiler asks about instructions: dense tables over the one list of instructions in @moult/abi.
import { HAS_CONST_FLAG, HAS_EVAL_BREAK_FLAG, HAS_JUMP_FLAG, OP, opcodes } from '@moult/abi';

export { OP as Op, stackEffect } from '@moult/abi';

/** Real and pseudo instructions: the last pseudo instruction is 267. */
const tableSize = 272;

function flagTable(flag: number): Uint8Array {
  const table = new Uint8Array(tableSize);
  for (const { number, flags } of opcodes) if (flags & flag) table[number] = 1;
  return table;
}

/** 1 where the instruction jumps. */
export const hasJump = /* @__PURE__ */ flagTable(HAS_JUMP_FLAG);
/** 1 where the instruction polls the eval breaker. */
export const hasEvalBreak = /* @__PURE__ */ flagTable(HAS_EVAL_BREAK_FLAG);
/** 1 where the instruction takes an index into co_consts. */
export const hasConst = /* @__PURE__ */ flagTable(HAS_CONST_FLAG);

/** Inline CACHE entries that follow an instruction. */
export const cacheEntries: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(tableSize);
  for (const { number, caches } of opcodes) table[number] = caches;
  return table;
})();

export function isBlockPush(op: number): boolean {
  return op === OP.SETUP_FINALLY || op === OP.SETUP_WITH || op === OP.SETUP_CLEANUP;
}

export function hasTarget(op: number): boolean {
  return hasJump[op] === 1 || isBlockPush(op);
}

export function isScopeExit(op: number): boolean {
  return op === OP.RETURN_VALUE || op === OP.RETURN_CONST || op === OP.RAISE_VARARGS || op === OP.RERAISE;
}

export function isTerminator(op: number): boolean {
  return hasJump[op] === 1 || isScopeExit(op);
}

export function isUnconditionalJump(op: number): boolean {
  return (
    op === OP.JUMP ||
    op === OP.JUMP_NO_INTERRUPT ||
    op === OP.JUMP_FORWARD ||
    op === OP.JUMP_BACKWARD ||
    op === OP.JUMP_BACKWARD_NO_INTERRUPT
  );
}
