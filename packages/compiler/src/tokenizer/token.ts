// Token types. Names and order are our own; a keyword is a type of its own, a soft keyword is a NAME.

export const ENDMARKER = 0;
export const NAME = 1;
export const NUMBER = 2;
export const STRING = 3;
export const NEWLINE = 4;
export const INDENT = 5;
export const DEDENT = 6;
export const FSTRING_START = 7;
export const FSTRING_MIDDLE = 8;
export const FSTRING_END = 9;
export const ERRORTOKEN = 10;
/** Comments and line ends that end no statement: only for the module tokenize. */
export const COMMENT = 11;

export const LPAR = 12;
export const RPAR = 13;
export const LSQB = 14;
export const RSQB = 15;
export const LBRACE = 16;
export const RBRACE = 17;
export const COLON = 18;
export const COMMA = 19;
export const SEMI = 20;
export const PLUS = 21;
export const MINUS = 22;
export const STAR = 23;
export const SLASH = 24;
export const VBAR = 25;
export const AMPER = 26;
export const LESS = 27;
export const GREATER = 28;
export const EQUAL = 29;
export const DOT = 30;
export const PERCENT = 31;
export const EQEQUAL = 32;
export const NOTEQUAL = 33;
export const LESSEQUAL = 34;
export const GREATEREQUAL = 35;
export const TILDE = 36;
export const CIRCUMFLEX = 37;
export const LEFTSHIFT = 38;
export const RIGHTSHIFT = 39;
export const DOUBLESTAR = 40;
export const PLUSEQUAL = 41;
export const MINEQUAL = 42;
export const STAREQUAL = 43;
export const SLASHEQUAL = 44;
export const PERCENTEQUAL = 45;
export const AMPEREQUAL = 46;
export const VBAREQUAL = 47;
export const CIRCUMFLEXEQUAL = 48;
export const LEFTSHIFTEQUAL = 49;
export const RIGHTSHIFTEQUAL = 50;
export const DOUBLESTAREQUAL = 51;
export const DOUBLESLASH = 52;
export const DOUBLESLASHEQUAL = 53;
export const AT = 54;
export const ATEQUAL = 55;
export const RARROW = 56;
export const ELLIPSIS = 57;
export const COLONEQUAL = 58;
export const EXCLAMATION = 59;
/** A printable character that starts no token (`$`, `?`, a lone `` ` ``). */
export const OP = 60;
export const NL = 61;

export const FALSE = 64;
export const NONE = 65;
export const TRUE = 66;
export const AND = 67;
export const AS = 68;
export const ASSERT = 69;
export const ASYNC = 70;
export const AWAIT = 71;
export const BREAK = 72;
export const CLASS = 73;
export const CONTINUE = 74;
export const DEF = 75;
export const DEL = 76;
export const ELIF = 77;
export const ELSE = 78;
export const EXCEPT = 79;
export const FINALLY = 80;
export const FOR = 81;
export const FROM = 82;
export const GLOBAL = 83;
export const IF = 84;
export const IMPORT = 85;
export const IN = 86;
export const IS = 87;
export const LAMBDA = 88;
export const NONLOCAL = 89;
export const NOT = 90;
export const OR = 91;
export const PASS = 92;
export const RAISE = 93;
export const RETURN = 94;
export const TRY = 95;
export const WHILE = 96;
export const WITH = 97;
export const YIELD = 98;

export const KEYWORDS: ReadonlyMap<string, number> = new Map([
  ['False', FALSE],
  ['None', NONE],
  ['True', TRUE],
  ['and', AND],
  ['as', AS],
  ['assert', ASSERT],
  ['async', ASYNC],
  ['await', AWAIT],
  ['break', BREAK],
  ['class', CLASS],
  ['continue', CONTINUE],
  ['def', DEF],
  ['del', DEL],
  ['elif', ELIF],
  ['else', ELSE],
  ['except', EXCEPT],
  ['finally', FINALLY],
  ['for', FOR],
  ['from', FROM],
  ['global', GLOBAL],
  ['if', IF],
  ['import', IMPORT],
  ['in', IN],
  ['is', IS],
  ['lambda', LAMBDA],
  ['nonlocal', NONLOCAL],
  ['not', NOT],
  ['or', OR],
  ['pass', PASS],
  ['raise', RAISE],
  ['return', RETURN],
  ['try', TRY],
  ['while', WHILE],
  ['with', WITH],
  ['yield', YIELD],
]);

/** Operators and delimiters by their text. */
export const OPERATORS: ReadonlyMap<string, number> = new Map([
  ['(', LPAR],
  [')', RPAR],
  ['[', LSQB],
  [']', RSQB],
  ['{', LBRACE],
  ['}', RBRACE],
  [':', COLON],
  [',', COMMA],
  [';', SEMI],
  ['+', PLUS],
  ['-', MINUS],
  ['*', STAR],
  ['/', SLASH],
  ['|', VBAR],
  ['&', AMPER],
  ['<', LESS],
  ['>', GREATER],
  ['=', EQUAL],
  ['.', DOT],
  ['%', PERCENT],
  ['==', EQEQUAL],
  ['!=', NOTEQUAL],
  ['<>', NOTEQUAL],
  ['<=', LESSEQUAL],
  ['>=', GREATEREQUAL],
  ['~', TILDE],
  ['^', CIRCUMFLEX],
  ['<<', LEFTSHIFT],
  ['>>', RIGHTSHIFT],
  ['**', DOUBLESTAR],
  ['+=', PLUSEQUAL],
  ['-=', MINEQUAL],
  ['*=', STAREQUAL],
  ['/=', SLASHEQUAL],
  ['%=', PERCENTEQUAL],
  ['&=', AMPEREQUAL],
  ['|=', VBAREQUAL],
  ['^=', CIRCUMFLEXEQUAL],
  ['<<=', LEFTSHIFTEQUAL],
  ['>>=', RIGHTSHIFTEQUAL],
  ['**=', DOUBLESTAREQUAL],
  ['//', DOUBLESLASH],
  ['//=', DOUBLESLASHEQUAL],
  ['@', AT],
  ['@=', ATEQUAL],
  ['->', RARROW],
  ['...', ELLIPSIS],
  [':=', COLONEQUAL],
  ['!', EXCLAMATION],
]);
