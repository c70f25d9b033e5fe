// Constants as plain data: what literals, co_consts and match patterns hold. The runtime makes objects of them.
import type { CodeData } from './code.ts';

export type Constant =
  | { t: 'None' }
  | { t: 'Ellipsis' }
  | { t: 'bool'; v: boolean }
  | { t: 'int'; v: bigint }
  | { t: 'float'; v: number }
  | { t: 'complex'; re: number; im: number }
  /** WTF-16: lone surrogates are kept. */
  | { t: 'str'; v: string }
  /** `folded`: computed by the compiler, not read from a literal (CPython's arena notes a literal twice). */
  | { t: 'bytes'; v: Uint8Array; folded?: true }
  | { t: 'tuple'; v: Constant[] }
  /** In co_consts in the order in which its table is to be filled. */
  | { t: 'frozenset'; v: Constant[] }
  | { t: 'code'; v: CodeData };
