// Constants as plain data: what literals, co_consts and match patterns hold. The runtime makes objects of them.
import type { CodeData } from './code.ts';

/**
 * `notes`: how often CPython's arena notes the object, where that is not once (a bytes literal: twice). Folding that gives
 * an operand back (`'x' + ''`) notes it again.
 */
export type Constant = PlainConstant & { notes?: number };

type PlainConstant =
  | { t: 'None' }
  | { t: 'Ellipsis' }
  | { t: 'bool'; v: boolean }
  | { t: 'int'; v: bigint }
  | { t: 'float'; v: number }
  | { t: 'complex'; re: number; im: number }
  /** WTF-16: lone surrogates are kept. */
  | { t: 'str'; v: string }
  | { t: 'bytes'; v: Uint8Array }
  | { t: 'tuple'; v: Constant[] }
  /** In co_consts in the order in which its table is to be filled. */
  | { t: 'frozenset'; v: Constant[] }
  | { t: 'code'; v: CodeData };

/** How often the arena notes the object of a constant. */
export function notesOf(c: Constant): number {
  return c.notes ?? (c.t === 'bytes' ? 2 : 1);
}
