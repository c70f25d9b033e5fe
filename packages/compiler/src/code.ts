// Code objects as plain data: what the compiler hands to the virtual machine and to the disassembler.
// The fields are those of CPython 3.13's PyCodeObject (Include/cpython/code.h) as `compile()` fills them.
import type { Constant } from './constants.ts';

export interface CodeData {
  co_name: string;
  co_qualname: string;
  co_filename: string;
  co_argcount: number;
  co_posonlyargcount: number;
  co_kwonlyargcount: number;
  co_flags: number;
  co_stacksize: number;
  co_firstlineno: number;
  /** Base (un-specialised) instructions, inline CACHE entries included: exactly CPython's `co_code`. */
  co_code: Uint8Array;
  co_consts: Constant[];
  co_names: string[];
  co_localsplusnames: string[];
  /** One byte per name of co_localsplusnames: CO_FAST_HIDDEN 0x10, LOCAL 0x20, CELL 0x40, FREE 0x80. */
  co_localspluskinds: Uint8Array;
  co_linetable: Uint8Array;
  co_exceptiontable: Uint8Array;
  /** Its place in the compilation's ledger, where one is kept. */
  ledger?: number;
}
