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
  | { readonly kind: 'argument'; readonly callee: string }
  | { readonly kind: 'native'; readonly native: string }
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
      readonly cycle: number;
    }
  | { readonly kind: 'ended'; readonly thing: Thing; readonly before: number }
  | { readonly kind: 'block'; readonly thing: Thing; readonly to: 'pymalloc' | 'malloc' | 'free list' }
  | { readonly kind: 'again'; readonly thing: Thing; readonly former: Thing; readonly died: Where }
  | { readonly kind: 'tracked'; readonly thing: Thing; readonly on: boolean }
  | {
      readonly kind: 'generation';
      readonly thing: Thing;
      readonly from: number;
      readonly to: number;
      readonly collection: number;
    }
  | { readonly kind: 'immortal'; readonly thing: Thing }
  | { readonly kind: 'getrefcount'; readonly thing: Thing; readonly said: number; readonly holders: readonly Holder[] }
  | { readonly kind: 'weakref'; readonly thing: Thing; readonly reference: Thing }
  | {
      readonly kind: 'finalizer';
      readonly thing: Thing;
      readonly name: string;
      readonly because: 'count' | 'collection';
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
      readonly address: number;
      readonly size: number;
      readonly before: PoolState;
      readonly after: PoolState;
      readonly used: number;
      readonly room: number;
    }
  | {
      readonly kind: 'arena';
      readonly index: number;
      readonly before: number;
      readonly after: number;
      readonly pools: number;
    }
  | {
      readonly kind: 'print';
      readonly where: Where;
      readonly text: string;
      readonly before: number;
      readonly after: number;
    };

export type PoolState = 'empty' | 'used' | 'full';
