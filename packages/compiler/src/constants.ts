// Constants as plain data: what literals, co_consts and match patterns hold. The runtime makes objects of them.
import type { CodeData } from './code.ts';

/**
 * `notes`: how often CPython's arena notes the object, where that is not once (a bytes literal: twice). Folding that gives
 * an operand back (`'x' + ''`) notes it again. `operands`: the tuples that a folded one was computed from; they stay in the
 * arena and refer to their items.
 */
export type Constant = PlainConstant & { notes?: number; operands?: Constant[] };

/**
 * `v` is WTF-16: lone surrogates are kept. `points`: the code points, where `v` does not tell them because a high surrogate
 * and a low one that escapes wrote apart stand side by side.
 */
export interface StrConstant {
  t: 'str';
  v: string;
  points?: readonly number[];
  /** The characters that CPython makes room for before it decodes a literal with escapes: its block may stay that large. */
  room?: number;
}

type PlainConstant =
  | { t: 'None' }
  | { t: 'Ellipsis' }
  | { t: 'bool'; v: boolean }
  | { t: 'int'; v: bigint }
  | { t: 'float'; v: number }
  | { t: 'complex'; re: number; im: number }
  | StrConstant
  | { t: 'bytes'; v: Uint8Array }
  | { t: 'tuple'; v: Constant[] }
  /** In co_consts in the order in which its table is to be filled. */
  | { t: 'frozenset'; v: Constant[] }
  | { t: 'code'; v: CodeData };

/** How often the arena notes the object of a constant. */
export function notesOf(c: Constant): number {
  return c.notes ?? (c.t === 'bytes' ? 2 : 1);
}

export function pointsOf(c: StrConstant): readonly number[] {
  return c.points ?? Array.from(c.v, (ch) => ch.codePointAt(0)!);
}
const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** The pieces as one str. A surrogate at the end of one never pairs with one at the beginning of the next. */
export function joined(pieces: readonly StrConstant[]): StrConstant {
  if (pieces.length === 1) return pieces[0]!;
  let v = '';
  let apart = false;
  for (const piece of pieces) {
    apart ||= piece.points !== undefined || (isHigh(v.charCodeAt(v.length - 1)) && isLow(piece.v.charCodeAt(0)));
    v += piece.v;
  }
  return apart ? { t: 'str', v, points: pieces.flatMap(pointsOf) } : { t: 'str', v };
}
