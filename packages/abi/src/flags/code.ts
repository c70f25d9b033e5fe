// Numbers that code objects, frames and instruction arguments carry (Include/cpython/code.h, Include/opcode.h,
// Include/internal/pycore_frame.h, pycore_intrinsics.h, pycore_opcode_utils.h, pycore_backoff.h).

export const CO_OPTIMIZED = 0x0001;
export const CO_NEWLOCALS = 0x0002;
export const CO_VARARGS = 0x0004;
export const CO_VARKEYWORDS = 0x0008;
export const CO_NESTED = 0x0010;
export const CO_GENERATOR = 0x0020;
export const CO_COROUTINE = 0x0080;
export const CO_ITERABLE_COROUTINE = 0x0100;
export const CO_ASYNC_GENERATOR = 0x0200;
export const CO_FUTURE_DIVISION = 0x20000;
export const CO_FUTURE_ABSOLUTE_IMPORT = 0x40000;
export const CO_FUTURE_WITH_STATEMENT = 0x80000;
export const CO_FUTURE_PRINT_FUNCTION = 0x100000;
export const CO_FUTURE_UNICODE_LITERALS = 0x200000;
export const CO_FUTURE_BARRY_AS_BDFL = 0x400000;
export const CO_FUTURE_GENERATOR_STOP = 0x800000;
export const CO_FUTURE_ANNOTATIONS = 0x1000000;
export const CO_NO_MONITORING_EVENTS = 0x2000000;
export const CO_MAXBLOCKS = 21;

export const CO_FAST_HIDDEN = 0x10;
export const CO_FAST_LOCAL = 0x20;
export const CO_FAST_CELL = 0x40;
export const CO_FAST_FREE = 0x80;

/** Kinds of location table entries: bits 3-6 of an entry's first byte (its length in code units minus 1 in bits 0-2). */
export const PY_CODE_LOCATION_INFO_SHORT0 = 0;
export const PY_CODE_LOCATION_INFO_ONE_LINE0 = 10;
export const PY_CODE_LOCATION_INFO_ONE_LINE1 = 11;
export const PY_CODE_LOCATION_INFO_ONE_LINE2 = 12;
export const PY_CODE_LOCATION_INFO_NO_COLUMNS = 13;
export const PY_CODE_LOCATION_INFO_LONG = 14;
export const PY_CODE_LOCATION_INFO_NONE = 15;

export const FRAME_CREATED = -3;
export const FRAME_SUSPENDED = -2;
export const FRAME_SUSPENDED_YIELD_FROM = -1;
export const FRAME_EXECUTING = 0;
export const FRAME_COMPLETED = 1;
export const FRAME_CLEARED = 4;

export const FRAME_OWNED_BY_THREAD = 0;
export const FRAME_OWNED_BY_GENERATOR = 1;
export const FRAME_OWNED_BY_FRAME_OBJECT = 2;
export const FRAME_OWNED_BY_CSTACK = 3;
/** Words of a frame before its locals. */
export const FRAME_SPECIALS_SIZE = 9;

export const NB_ADD = 0;
export const NB_AND = 1;
export const NB_FLOOR_DIVIDE = 2;
export const NB_LSHIFT = 3;
export const NB_MATRIX_MULTIPLY = 4;
export const NB_MULTIPLY = 5;
export const NB_REMAINDER = 6;
export const NB_OR = 7;
export const NB_POWER = 8;
export const NB_RSHIFT = 9;
export const NB_SUBTRACT = 10;
export const NB_TRUE_DIVIDE = 11;
export const NB_XOR = 12;
export const NB_INPLACE_ADD = 13;
export const NB_INPLACE_AND = 14;
export const NB_INPLACE_FLOOR_DIVIDE = 15;
export const NB_INPLACE_LSHIFT = 16;
export const NB_INPLACE_MATRIX_MULTIPLY = 17;
export const NB_INPLACE_MULTIPLY = 18;
export const NB_INPLACE_REMAINDER = 19;
export const NB_INPLACE_OR = 20;
export const NB_INPLACE_POWER = 21;
export const NB_INPLACE_RSHIFT = 22;
export const NB_INPLACE_SUBTRACT = 23;
export const NB_INPLACE_TRUE_DIVIDE = 24;
export const NB_INPLACE_XOR = 25;
export const binaryOpSymbols: readonly string[] = [
  ...['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'],
  ...['+=', '&=', '//=', '<<=', '@=', '*=', '%=', '|=', '**=', '>>=', '-=', '/=', '^='],
];

/** COMPARE_OP: the operation is oparg >> 5, bit 4 asks for a bool, bits 0-3 are a mask for the specialised forms. */
export const COMPARISON_UNORDERED = 1;
export const COMPARISON_LESS_THAN = 2;
export const COMPARISON_GREATER_THAN = 4;
export const COMPARISON_EQUALS = 8;

export const FVC_MASK = 0x3;
export const FVC_NONE = 0x0;
export const FVC_STR = 0x1;
export const FVC_REPR = 0x2;
export const FVC_ASCII = 0x3;

export const MAKE_FUNCTION_DEFAULTS = 0x01;
export const MAKE_FUNCTION_KWDEFAULTS = 0x02;
export const MAKE_FUNCTION_ANNOTATIONS = 0x04;
export const MAKE_FUNCTION_CLOSURE = 0x08;

export const RESUME_AT_FUNC_START = 0;
export const RESUME_AFTER_YIELD = 1;
export const RESUME_AFTER_YIELD_FROM = 2;
export const RESUME_AFTER_AWAIT = 3;
export const RESUME_OPARG_LOCATION_MASK = 0x3;
export const RESUME_OPARG_DEPTH1_MASK = 0x4;

export const INTRINSIC_1_INVALID = 0;
export const INTRINSIC_PRINT = 1;
export const INTRINSIC_IMPORT_STAR = 2;
export const INTRINSIC_STOPITERATION_ERROR = 3;
export const INTRINSIC_ASYNC_GEN_WRAP = 4;
export const INTRINSIC_UNARY_POSITIVE = 5;
export const INTRINSIC_LIST_TO_TUPLE = 6;
export const INTRINSIC_TYPEVAR = 7;
export const INTRINSIC_PARAMSPEC = 8;
export const INTRINSIC_TYPEVARTUPLE = 9;
export const INTRINSIC_SUBSCRIPT_GENERIC = 10;
export const INTRINSIC_TYPEALIAS = 11;
export const intrinsic1Names: readonly string[] = [
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
export const INTRINSIC_2_INVALID = 0;
export const INTRINSIC_PREP_RERAISE_STAR = 1;
export const INTRINSIC_TYPEVAR_WITH_BOUND = 2;
export const INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3;
export const INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4;
export const INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;
export const intrinsic2Names: readonly string[] = [
  'INTRINSIC_2_INVALID',
  'INTRINSIC_PREP_RERAISE_STAR',
  'INTRINSIC_TYPEVAR_WITH_BOUND',
  'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS',
  'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];

/** Inline cache counters: value in bits 4-15, backoff in bits 0-3; an instruction is specialised when the value is 0. */
export const ADAPTIVE_WARMUP_VALUE = 1;
export const ADAPTIVE_WARMUP_BACKOFF = 1;
export const ADAPTIVE_COOLDOWN_VALUE = 52;
export const ADAPTIVE_COOLDOWN_BACKOFF = 0;
export const JUMP_BACKWARD_INITIAL_VALUE = 16;
export const JUMP_BACKWARD_INITIAL_BACKOFF = 4;
export const UNREACHABLE_BACKOFF = 0xffff;
export const MAX_BACKOFF = 12;

/** PyThreadState.eval_breaker: events in the low byte, the monitoring version above. */
export const _PY_GIL_DROP_REQUEST_BIT = 1;
export const _PY_SIGNALS_PENDING_BIT = 2;
export const _PY_CALLS_TO_DO_BIT = 4;
export const _PY_ASYNC_EXCEPTION_BIT = 8;
export const _PY_GC_SCHEDULED_BIT = 16;
export const _PY_EVAL_PLEASE_STOP_BIT = 32;
export const _PY_EVAL_EXPLICIT_MERGE_BIT = 64;
export const _PY_EVAL_EVENTS_BITS = 8;
export const _PY_EVAL_EVENTS_MASK = 255;

export const Py_DEFAULT_RECURSION_LIMIT = 1000;
export const Py_C_RECURSION_LIMIT = 10000;
export const _PyThreadState_WHENCE_INIT = 1;
export const FUNC_VERSION_CACHE_SIZE = 4096;
