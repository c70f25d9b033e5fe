// What CPython's regular expressions look like in memory (Modules/_sre/sre.h) and the instructions of their code (re/_constants.py).

export const PatternObject = {
  groups: 24,
  groupindex: 32,
  indexgroup: 40,
  pattern: 48,
  flags: 56,
  weakreflist: 64,
  isbytes: 72,
  codesize: 80,
  code: 88,
  SIZE: 96,
} as const;
export const MatchObject = {
  string: 24,
  regs: 32,
  pattern: 40,
  pos: 48,
  endpos: 56,
  lastindex: 64,
  groups: 72,
  mark: 80,
  SIZE: 88,
} as const;
/** `items`: each an index and, 8 bytes further, a literal or 0. */
export const TemplateObject = { chunks: 24, literal: 32, items: 40, SIZE: 40 } as const;
/** What a search is about and how far it has come; lies in a scanner, or on the stack of the function that searches. */
export const SRE_STATE = {
  ptr: 0,
  beginning: 8,
  start: 16,
  end: 24,
  string: 32,
  buffer: 40,
  pos: 120,
  endpos: 128,
  isbytes: 136,
  charsize: 140,
  match_all: 144,
  must_advance: 148,
  debug: 152,
  lastmark: 156,
  lastindex: 160,
  mark: 168,
  data_stack: 176,
  data_stack_size: 184,
  data_stack_base: 192,
  repeat: 200,
  sigcount: 208,
  SIZE: 216,
} as const;
export const ScannerObject = { pattern: 16, state: 24, executing: 240, SIZE: 248 } as const;
export const SRE_REPEAT = { count: 0, pattern: 8, last_ptr: 16, prev: 24, SIZE: 32 } as const;
/** One attempt at a part of a pattern, on the data stack. */
export const SRE_CONTEXT = {
  count: 0,
  u: 8,
  lastmark: 16,
  lastindex: 20,
  pattern: 24,
  ptr: 32,
  toplevel: 40,
  jump: 44,
  last_ctx_pos: 48,
  SIZE: 56,
} as const;

export const SRE_MAGIC = 20230612;
export const SRE_MAXREPEAT = 4294967295;
export const SRE_MAXGROUPS = 1073741823;

export const SRE_OP_FAILURE = 0;
export const SRE_OP_SUCCESS = 1;
export const SRE_OP_ANY = 2;
export const SRE_OP_ANY_ALL = 3;
export const SRE_OP_ASSERT = 4;
export const SRE_OP_ASSERT_NOT = 5;
export const SRE_OP_AT = 6;
export const SRE_OP_BRANCH = 7;
export const SRE_OP_CATEGORY = 8;
export const SRE_OP_CHARSET = 9;
export const SRE_OP_BIGCHARSET = 10;
export const SRE_OP_GROUPREF = 11;
export const SRE_OP_GROUPREF_EXISTS = 12;
export const SRE_OP_IN = 13;
export const SRE_OP_INFO = 14;
export const SRE_OP_JUMP = 15;
export const SRE_OP_LITERAL = 16;
export const SRE_OP_MARK = 17;
export const SRE_OP_MAX_UNTIL = 18;
export const SRE_OP_MIN_UNTIL = 19;
export const SRE_OP_NOT_LITERAL = 20;
export const SRE_OP_NEGATE = 21;
export const SRE_OP_RANGE = 22;
export const SRE_OP_REPEAT = 23;
export const SRE_OP_REPEAT_ONE = 24;
export const SRE_OP_MIN_REPEAT_ONE = 26;
export const SRE_OP_ATOMIC_GROUP = 27;
export const SRE_OP_POSSESSIVE_REPEAT = 28;
export const SRE_OP_POSSESSIVE_REPEAT_ONE = 29;
export const SRE_OP_GROUPREF_IGNORE = 30;
export const SRE_OP_IN_IGNORE = 31;
export const SRE_OP_LITERAL_IGNORE = 32;
export const SRE_OP_NOT_LITERAL_IGNORE = 33;
export const SRE_OP_GROUPREF_LOC_IGNORE = 34;
export const SRE_OP_IN_LOC_IGNORE = 35;
export const SRE_OP_LITERAL_LOC_IGNORE = 36;
export const SRE_OP_NOT_LITERAL_LOC_IGNORE = 37;
export const SRE_OP_GROUPREF_UNI_IGNORE = 38;
export const SRE_OP_IN_UNI_IGNORE = 39;
export const SRE_OP_LITERAL_UNI_IGNORE = 40;
export const SRE_OP_NOT_LITERAL_UNI_IGNORE = 41;
export const SRE_OP_RANGE_UNI_IGNORE = 42;

export const SRE_AT_BEGINNING = 0;
export const SRE_AT_BEGINNING_LINE = 1;
export const SRE_AT_BEGINNING_STRING = 2;
export const SRE_AT_BOUNDARY = 3;
export const SRE_AT_NON_BOUNDARY = 4;
export const SRE_AT_END = 5;
export const SRE_AT_END_LINE = 6;
export const SRE_AT_END_STRING = 7;
export const SRE_AT_LOC_BOUNDARY = 8;
export const SRE_AT_LOC_NON_BOUNDARY = 9;
export const SRE_AT_UNI_BOUNDARY = 10;
export const SRE_AT_UNI_NON_BOUNDARY = 11;

/** Categories; the odd number after each is its opposite. */
export const SRE_CATEGORY_DIGIT = 0;
export const SRE_CATEGORY_SPACE = 2;
export const SRE_CATEGORY_WORD = 4;
export const SRE_CATEGORY_LINEBREAK = 6;
export const SRE_CATEGORY_LOC_WORD = 8;
export const SRE_CATEGORY_UNI_DIGIT = 10;
export const SRE_CATEGORY_UNI_SPACE = 12;
export const SRE_CATEGORY_UNI_WORD = 14;
export const SRE_CATEGORY_UNI_LINEBREAK = 16;
export const SRE_CATEGORIES = 18;

export const SRE_FLAG_IGNORECASE = 2;
export const SRE_FLAG_LOCALE = 4;
export const SRE_FLAG_UNICODE = 32;
export const SRE_FLAG_DEBUG = 128;
export const SRE_FLAG_ASCII = 256;

export const SRE_INFO_PREFIX = 1;
export const SRE_INFO_LITERAL = 2;
export const SRE_INFO_CHARSET = 4;
