// The instructions that the compiler emits: numbers of CPython 3.13's opcode_ids.h (pseudo instructions from 256 on).
export const Op = {
  CACHE: 0,
  BEFORE_ASYNC_WITH: 1,
  BEFORE_WITH: 2,
  BINARY_SLICE: 4,
  BINARY_SUBSCR: 5,
  CHECK_EG_MATCH: 6,
  CHECK_EXC_MATCH: 7,
  CLEANUP_THROW: 8,
  DELETE_SUBSCR: 9,
  END_ASYNC_FOR: 10,
  END_FOR: 11,
  END_SEND: 12,
  EXIT_INIT_CHECK: 13,
  FORMAT_SIMPLE: 14,
  FORMAT_WITH_SPEC: 15,
  GET_AITER: 16,
  RESERVED: 17,
  GET_ANEXT: 18,
  GET_ITER: 19,
  GET_LEN: 20,
  GET_YIELD_FROM_ITER: 21,
  INTERPRETER_EXIT: 22,
  LOAD_ASSERTION_ERROR: 23,
  LOAD_BUILD_CLASS: 24,
  LOAD_LOCALS: 25,
  MAKE_FUNCTION: 26,
  MATCH_KEYS: 27,
  MATCH_MAPPING: 28,
  MATCH_SEQUENCE: 29,
  NOP: 30,
  POP_EXCEPT: 31,
  POP_TOP: 32,
  PUSH_EXC_INFO: 33,
  PUSH_NULL: 34,
  RETURN_GENERATOR: 35,
  RETURN_VALUE: 36,
  SETUP_ANNOTATIONS: 37,
  STORE_SLICE: 38,
  STORE_SUBSCR: 39,
  TO_BOOL: 40,
  UNARY_INVERT: 41,
  UNARY_NEGATIVE: 42,
  UNARY_NOT: 43,
  WITH_EXCEPT_START: 44,
  BINARY_OP: 45,
  BUILD_CONST_KEY_MAP: 46,
  BUILD_LIST: 47,
  BUILD_MAP: 48,
  BUILD_SET: 49,
  BUILD_SLICE: 50,
  BUILD_STRING: 51,
  BUILD_TUPLE: 52,
  CALL: 53,
  CALL_FUNCTION_EX: 54,
  CALL_INTRINSIC_1: 55,
  CALL_INTRINSIC_2: 56,
  CALL_KW: 57,
  COMPARE_OP: 58,
  CONTAINS_OP: 59,
  CONVERT_VALUE: 60,
  COPY: 61,
  COPY_FREE_VARS: 62,
  DELETE_ATTR: 63,
  DELETE_DEREF: 64,
  DELETE_FAST: 65,
  DELETE_GLOBAL: 66,
  DELETE_NAME: 67,
  DICT_MERGE: 68,
  DICT_UPDATE: 69,
  ENTER_EXECUTOR: 70,
  EXTENDED_ARG: 71,
  FOR_ITER: 72,
  GET_AWAITABLE: 73,
  IMPORT_FROM: 74,
  IMPORT_NAME: 75,
  IS_OP: 76,
  JUMP_BACKWARD: 77,
  JUMP_BACKWARD_NO_INTERRUPT: 78,
  JUMP_FORWARD: 79,
  LIST_APPEND: 80,
  LIST_EXTEND: 81,
  LOAD_ATTR: 82,
  LOAD_CONST: 83,
  LOAD_DEREF: 84,
  LOAD_FAST: 85,
  LOAD_FAST_AND_CLEAR: 86,
  LOAD_FAST_CHECK: 87,
  LOAD_FAST_LOAD_FAST: 88,
  LOAD_FROM_DICT_OR_DEREF: 89,
  LOAD_FROM_DICT_OR_GLOBALS: 90,
  LOAD_GLOBAL: 91,
  LOAD_NAME: 92,
  LOAD_SUPER_ATTR: 93,
  MAKE_CELL: 94,
  MAP_ADD: 95,
  MATCH_CLASS: 96,
  POP_JUMP_IF_FALSE: 97,
  POP_JUMP_IF_NONE: 98,
  POP_JUMP_IF_NOT_NONE: 99,
  POP_JUMP_IF_TRUE: 100,
  RAISE_VARARGS: 101,
  RERAISE: 102,
  RETURN_CONST: 103,
  SEND: 104,
  SET_ADD: 105,
  SET_FUNCTION_ATTRIBUTE: 106,
  SET_UPDATE: 107,
  STORE_ATTR: 108,
  STORE_DEREF: 109,
  STORE_FAST: 110,
  STORE_FAST_LOAD_FAST: 111,
  STORE_FAST_STORE_FAST: 112,
  STORE_GLOBAL: 113,
  STORE_NAME: 114,
  SWAP: 115,
  UNPACK_EX: 116,
  UNPACK_SEQUENCE: 117,
  YIELD_VALUE: 118,
  RESUME: 149,
  JUMP: 256,
  JUMP_NO_INTERRUPT: 257,
  LOAD_CLOSURE: 258,
  LOAD_METHOD: 259,
  LOAD_SUPER_METHOD: 260,
  LOAD_ZERO_SUPER_ATTR: 261,
  LOAD_ZERO_SUPER_METHOD: 262,
  POP_BLOCK: 263,
  SETUP_CLEANUP: 264,
  SETUP_FINALLY: 265,
  SETUP_WITH: 266,
  STORE_FAST_MAYBE_NULL: 267,
} as const;

/** Inline CACHE entries that follow an instruction, by opcode. */
export const cacheEntries = new Uint8Array(272);
cacheEntries[Op.LOAD_GLOBAL] = 4;
cacheEntries[Op.BINARY_OP] = 1;
cacheEntries[Op.UNPACK_SEQUENCE] = 1;
cacheEntries[Op.COMPARE_OP] = 1;
cacheEntries[Op.CONTAINS_OP] = 1;
cacheEntries[Op.BINARY_SUBSCR] = 1;
cacheEntries[Op.FOR_ITER] = 1;
cacheEntries[Op.LOAD_SUPER_ATTR] = 1;
cacheEntries[Op.LOAD_ATTR] = 9;
cacheEntries[Op.STORE_ATTR] = 4;
cacheEntries[Op.CALL] = 3;
cacheEntries[Op.STORE_SUBSCR] = 1;
cacheEntries[Op.SEND] = 1;
cacheEntries[Op.JUMP_BACKWARD] = 1;
cacheEntries[Op.TO_BOOL] = 3;
cacheEntries[Op.POP_JUMP_IF_TRUE] = 1;
cacheEntries[Op.POP_JUMP_IF_FALSE] = 1;
cacheEntries[Op.POP_JUMP_IF_NONE] = 1;
cacheEntries[Op.POP_JUMP_IF_NOT_NONE] = 1;

/** 1 where the instruction jumps. */
export const hasJump = flagTable([
  Op.FOR_ITER,
  Op.JUMP_BACKWARD,
  Op.JUMP_BACKWARD_NO_INTERRUPT,
  Op.JUMP_FORWARD,
  Op.POP_JUMP_IF_FALSE,
  Op.POP_JUMP_IF_NONE,
  Op.POP_JUMP_IF_NOT_NONE,
  Op.POP_JUMP_IF_TRUE,
  Op.SEND,
  Op.JUMP,
  Op.JUMP_NO_INTERRUPT,
]);

/** 1 where the instruction polls the eval breaker. */
export const hasEvalBreak = flagTable([Op.CALL, Op.CALL_FUNCTION_EX, Op.CALL_KW, Op.JUMP_BACKWARD, Op.RESUME, Op.JUMP]);

/** 1 where the instruction takes an index into co_consts. */
export const hasConst = flagTable([Op.LOAD_CONST, Op.RETURN_CONST]);

/** 1 where the instruction takes an index into co_names. */
export const hasName = flagTable([
  Op.DELETE_ATTR,
  Op.DELETE_GLOBAL,
  Op.DELETE_NAME,
  Op.IMPORT_FROM,
  Op.IMPORT_NAME,
  Op.LOAD_ATTR,
  Op.LOAD_FROM_DICT_OR_GLOBALS,
  Op.LOAD_GLOBAL,
  Op.LOAD_NAME,
  Op.LOAD_SUPER_ATTR,
  Op.STORE_ATTR,
  Op.STORE_GLOBAL,
  Op.STORE_NAME,
  Op.LOAD_METHOD,
  Op.LOAD_SUPER_METHOD,
  Op.LOAD_ZERO_SUPER_ATTR,
  Op.LOAD_ZERO_SUPER_METHOD,
]);

function flagTable(opcodes: number[]): Uint8Array {
  const table = new Uint8Array(272);
  for (const op of opcodes) table[op] = 1;
  return table;
}

export function isBlockPush(op: number): boolean {
  return op === Op.SETUP_FINALLY || op === Op.SETUP_WITH || op === Op.SETUP_CLEANUP;
}

export function hasTarget(op: number): boolean {
  return hasJump[op] === 1 || isBlockPush(op);
}

export function isScopeExit(op: number): boolean {
  return op === Op.RETURN_VALUE || op === Op.RETURN_CONST || op === Op.RAISE_VARARGS || op === Op.RERAISE;
}

export function isTerminator(op: number): boolean {
  return hasJump[op] === 1 || isScopeExit(op);
}

export function isUnconditionalJump(op: number): boolean {
  return (
    op === Op.JUMP ||
    op === Op.JUMP_NO_INTERRUPT ||
    op === Op.JUMP_FORWARD ||
    op === Op.JUMP_BACKWARD ||
    op === Op.JUMP_BACKWARD_NO_INTERRUPT
  );
}

/** Net effect on the stack when the instruction does not jump (a block push: when it does is +1 to +3, see there). */
export function stackEffect(op: number, oparg: number): number {
  switch (op) {
    case Op.BEFORE_ASYNC_WITH:
    case Op.BEFORE_WITH:
    case Op.GET_ANEXT:
    case Op.GET_LEN:
    case Op.LOAD_ASSERTION_ERROR:
    case Op.LOAD_BUILD_CLASS:
    case Op.LOAD_LOCALS:
    case Op.MATCH_KEYS:
    case Op.MATCH_MAPPING:
    case Op.MATCH_SEQUENCE:
    case Op.PUSH_EXC_INFO:
    case Op.PUSH_NULL:
    case Op.RETURN_GENERATOR:
    case Op.WITH_EXCEPT_START:
    case Op.COPY:
    case Op.FOR_ITER:
    case Op.IMPORT_FROM:
    case Op.LOAD_CONST:
    case Op.LOAD_DEREF:
    case Op.LOAD_FAST:
    case Op.LOAD_FAST_AND_CLEAR:
    case Op.LOAD_FAST_CHECK:
    case Op.LOAD_NAME:
    case Op.LOAD_CLOSURE:
    case Op.LOAD_METHOD:
      return 1;
    case Op.BINARY_SLICE:
    case Op.DELETE_SUBSCR:
    case Op.END_ASYNC_FOR:
    case Op.MAP_ADD:
    case Op.MATCH_CLASS:
    case Op.STORE_ATTR:
    case Op.STORE_FAST_STORE_FAST:
    case Op.LOAD_ZERO_SUPER_ATTR:
      return -2;
    case Op.BINARY_SUBSCR:
    case Op.CLEANUP_THROW:
    case Op.END_FOR:
    case Op.END_SEND:
    case Op.EXIT_INIT_CHECK:
    case Op.FORMAT_WITH_SPEC:
    case Op.INTERPRETER_EXIT:
    case Op.POP_EXCEPT:
    case Op.POP_TOP:
    case Op.RETURN_VALUE:
    case Op.BINARY_OP:
    case Op.CALL_INTRINSIC_2:
    case Op.COMPARE_OP:
    case Op.CONTAINS_OP:
    case Op.DELETE_ATTR:
    case Op.DICT_MERGE:
    case Op.DICT_UPDATE:
    case Op.IMPORT_NAME:
    case Op.IS_OP:
    case Op.LIST_APPEND:
    case Op.LIST_EXTEND:
    case Op.POP_JUMP_IF_FALSE:
    case Op.POP_JUMP_IF_NONE:
    case Op.POP_JUMP_IF_NOT_NONE:
    case Op.POP_JUMP_IF_TRUE:
    case Op.RERAISE:
    case Op.SET_ADD:
    case Op.SET_FUNCTION_ATTRIBUTE:
    case Op.SET_UPDATE:
    case Op.STORE_DEREF:
    case Op.STORE_FAST:
    case Op.STORE_GLOBAL:
    case Op.STORE_NAME:
    case Op.LOAD_SUPER_METHOD:
    case Op.LOAD_ZERO_SUPER_METHOD:
    case Op.STORE_FAST_MAYBE_NULL:
      return -1;
    case Op.CHECK_EG_MATCH:
    case Op.CHECK_EXC_MATCH:
    case Op.FORMAT_SIMPLE:
    case Op.GET_AITER:
    case Op.GET_ITER:
    case Op.GET_YIELD_FROM_ITER:
    case Op.MAKE_FUNCTION:
    case Op.NOP:
    case Op.SETUP_ANNOTATIONS:
    case Op.TO_BOOL:
    case Op.UNARY_INVERT:
    case Op.UNARY_NEGATIVE:
    case Op.UNARY_NOT:
    case Op.CALL_INTRINSIC_1:
    case Op.CONVERT_VALUE:
    case Op.COPY_FREE_VARS:
    case Op.DELETE_DEREF:
    case Op.DELETE_FAST:
    case Op.DELETE_GLOBAL:
    case Op.DELETE_NAME:
    case Op.ENTER_EXECUTOR:
    case Op.EXTENDED_ARG:
    case Op.GET_AWAITABLE:
    case Op.JUMP_BACKWARD:
    case Op.JUMP_BACKWARD_NO_INTERRUPT:
    case Op.JUMP_FORWARD:
    case Op.LOAD_FROM_DICT_OR_DEREF:
    case Op.LOAD_FROM_DICT_OR_GLOBALS:
    case Op.MAKE_CELL:
    case Op.RETURN_CONST:
    case Op.SEND:
    case Op.STORE_FAST_LOAD_FAST:
    case Op.SWAP:
    case Op.YIELD_VALUE:
    case Op.RESUME:
    case Op.JUMP:
    case Op.JUMP_NO_INTERRUPT:
    case Op.POP_BLOCK:
    case Op.SETUP_CLEANUP:
    case Op.SETUP_FINALLY:
    case Op.SETUP_WITH:
      return 0;
    case Op.STORE_SLICE:
      return -4;
    case Op.STORE_SUBSCR:
      return -3;
    case Op.BUILD_CONST_KEY_MAP:
    case Op.RAISE_VARARGS:
      return -oparg;
    case Op.BUILD_LIST:
    case Op.BUILD_SET:
    case Op.BUILD_STRING:
    case Op.BUILD_TUPLE:
      return 1 - oparg;
    case Op.BUILD_MAP:
      return 1 - 2 * oparg;
    case Op.BUILD_SLICE:
      return oparg === 3 ? -2 : -1;
    case Op.CALL:
      return -1 - oparg;
    case Op.CALL_FUNCTION_EX:
      return -2 - (oparg & 1);
    case Op.CALL_KW:
      return -2 - oparg;
    case Op.LOAD_ATTR:
      return oparg & 1;
    case Op.LOAD_FAST_LOAD_FAST:
      return 2;
    case Op.LOAD_GLOBAL:
      return 1 + (oparg & 1);
    case Op.LOAD_SUPER_ATTR:
      return -2 + (oparg & 1);
    case Op.UNPACK_EX:
      return (oparg >> 8) + (oparg & 0xff);
    case Op.UNPACK_SEQUENCE:
      return oparg - 1;
    default:
      throw new Error(`no stack effect for opcode ${op}`);
  }
}
