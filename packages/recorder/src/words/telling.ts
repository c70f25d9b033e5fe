/**
 * What a sentence is made of. The recorder's events and states become tellings; `say` makes words of them, and the command
 * line, the page and screen readers say the same. Nothing here reads memory.
 */

/** An object as a person names it: its type, its serial number if it was born in the program, a name it has of its own. */
export interface Thing {
  readonly type: string;
  readonly serial: number | null;
  /** Of a module, class or function: what it is called. Of a small value: its text. */
  readonly name?: string;
}

/** Who holds a reference. */
export type Holder =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'local'; readonly name: string; readonly function: string }
  | { readonly kind: 'item'; readonly index: number; readonly owner: Thing }
  | { readonly kind: 'value'; readonly key: string; readonly owner: Thing }
  | { readonly kind: 'key'; readonly owner: Thing }
  | { readonly kind: 'member'; readonly owner: Thing }
  | { readonly kind: 'attribute'; readonly name: string; readonly owner: Thing }
  | { readonly kind: 'cell'; readonly name: string | null }
  | { readonly kind: 'field'; readonly field: string; readonly owner: Thing }
  | { readonly kind: 'stack'; readonly function: string }
  /** A frame itself: the code and the function that it runs, its dict of names. */
  | { readonly kind: 'frame'; readonly function: string }
  | { readonly kind: 'argument'; readonly callee: string }
  /** null: which one is not known. */
  | { readonly kind: 'native'; readonly native: string | null }
  /** While the finalizer of a dying object runs, its count is 1. */
  | { readonly kind: 'finalizer' }
  | { readonly kind: 'interpreter'; readonly what: string };

/** Where in the program: a line, and the statement that stands there if it is known. */
export interface Where {
  readonly line: number | null;
  readonly statement?: string;
}

export type Phase =
  | 'begin'
  | 'merge'
  | 'update_refs'
  | 'subtract_refs'
  | 'move_unreachable'
  | 'legacy'
  | 'weakrefs'
  | 'finalize'
  | 'resurrected'
  | 'clear'
  | 'end';

export type Telling =
  | {
      readonly kind: 'born';
      readonly thing: Thing;
      readonly where: Where;
      readonly after: number;
      readonly holder: Holder | null;
    }
  | {
      readonly kind: 'count';
      readonly thing: Thing;
      readonly where: Where;
      readonly before: number;
      readonly after: number;
      readonly gained: readonly Holder[];
      readonly lost: readonly Holder[];
      /** The native function inside which references came and went. */
      readonly native?: string;
    }
  | {
      readonly kind: 'freed';
      readonly thing: Thing;
      readonly where: Where;
      readonly before: number;
      readonly holder: Holder | null;
    }
  | {
      readonly kind: 'collected';
      readonly thing: Thing;
      readonly before: number;
      readonly collection: number;
      readonly generation: number;
      /** How many objects held each other in circles with it; or how many were freed at once, where only that is known. */
      readonly cycle?: number;
      readonly among?: number;
    }
  | { readonly kind: 'ended'; readonly thing: Thing; readonly before: number }
  /** Made and freed within a line or, where `native` is known, within one instruction. */
  | { readonly kind: 'temporary'; readonly thing: Thing; readonly where: Where; readonly native?: string }
  /** A block is taken for it, or its block goes back. */
  | {
      readonly kind: 'taken' | 'block';
      readonly thing: Thing;
      readonly where: Where;
      readonly size: number;
      readonly to: BlockPlace;
    }
  | {
      readonly kind: 'resized';
      readonly where: Where;
      readonly address: number;
      readonly to: number;
      readonly before: number;
      readonly after: number;
    }
  | { readonly kind: 'again'; readonly thing: Thing; readonly former: Thing; readonly died: Where }
  | {
      readonly kind: 'tracked';
      readonly thing: Thing;
      readonly where: Where;
      readonly on: boolean;
      readonly generation: number;
    }
  | {
      readonly kind: 'generation';
      readonly thing: Thing;
      readonly from: ListName;
      readonly to: ListName;
      readonly collection: number;
    }
  | { readonly kind: 'immortal'; readonly thing: Thing }
  /** It becomes immortal. */
  | { readonly kind: 'kept'; readonly thing: Thing; readonly where: Where; readonly before: number }
  /** `holders` without this call's argument. */
  | {
      readonly kind: 'getrefcount';
      readonly thing: Thing;
      readonly where: Where;
      readonly said: number;
      readonly holders: readonly Holder[];
    }
  | {
      readonly kind: 'weakref';
      readonly thing: Thing;
      readonly where: Where;
      readonly reference: Thing;
      readonly count: number;
    }
  | {
      readonly kind: 'finalizer';
      readonly thing: Thing;
      readonly where: Where;
      readonly name: string;
      /** The collection that found it; null: its count fell to 0. */
      readonly collection: number | null;
    }
  | {
      readonly kind: 'phase';
      readonly phase: Phase;
      readonly collection: number;
      readonly generation: number;
      readonly before: number;
      readonly after: number;
      readonly why?: string;
    }
  | {
      readonly kind: 'pool';
      readonly where: Where;
      readonly address: number;
      readonly size: number;
      readonly before: PoolState;
      readonly after: PoolState;
      readonly used: number;
      readonly room: number;
    }
  | {
      readonly kind: 'arena';
      readonly where: Where;
      readonly index: number;
      /** How many arenas there were and are. */
      readonly before: number;
      readonly after: number;
      readonly pools: number;
    }
  | {
      readonly kind: 'line' | 'raise';
      readonly where: Where;
      readonly function: string;
    }
  | {
      readonly kind: 'call' | 'return';
      readonly where: Where;
      readonly function: string;
      /** How many frames there were, and are then. */
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly kind: 'print';
      readonly where: Where;
      readonly text: string;
      readonly before: number;
      readonly after: number;
    };

/** Who gives a block, or has it back. */
export type BlockPlace = 'pymalloc' | 'malloc' | 'free list';
/** A list of the collector's: a generation's number; the permanent one; one of its own while it decides who is freed. */
export type ListName = number | 'permanent' | 'apart';
export type PoolState = 'empty' | 'used' | 'full';
