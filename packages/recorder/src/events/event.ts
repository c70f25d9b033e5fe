// The events of a stretch, as plain data.
import type { Holder, Phase, Telling } from '../words/telling.ts';

export type EventKind = (typeof EVENT_KINDS)[number];

export const EVENT_KINDS = [
  // where the program is
  'line',
  'call',
  'return',
  'raise',
  'print',
  // counts: a birth is an incref from 0, a death a decref to 0; `holder`: the count stays, another holds it
  'incref',
  'decref',
  'holder',
  'immortal',
  'getrefcount',
  // what is made and freed before anyone could look
  'temporary',
  // blocks: of objects (with `serial`) and of what objects keep outside themselves
  'alloc',
  'realloc',
  'free',
  'keep',
  'reuse',
  'pool',
  'arena',
  // the collector
  'track',
  'untrack',
  'generation',
  'phase',
  'collection',
  'weakref',
  'finalizer',
] as const;

/** An object in a list of the collector's, with its scratch count where there is one. */
export interface Listed {
  readonly address: number;
  readonly serial: number;
  readonly type: string;
  readonly refs: number | null;
}

/** `at` is the moment behind the instruction that did it; of lines, calls, returns and raises: the one before. */
export interface StretchEvent {
  readonly at: number;
  readonly kind: EventKind;
  readonly file: string;
  readonly function: string;
  readonly line: number | null;
  readonly opcode: string;
  /** Of an object: its serial number; 0 for what start-up made. */
  readonly serial?: number;
  /** Of an object; of blocks: where the block begins. */
  readonly address?: number;
  /** Where it is known. */
  readonly type?: string;
  /** Of alloc: the object as text, if it outlived the instruction. Of print: what was printed. */
  readonly text?: string;
  /**
   * Of print: 1 sys.stdout, 2 sys.stderr, 0 another stream. Of phase and collection: the generation. Of realloc: where the
   * block begins now. Of pool: its blocks in use. Of arena: its index. Of getrefcount: what it said.
   */
  readonly number?: number;
  /** Of blocks: how large it is, which may be more than was asked for. */
  readonly size?: number;
  /** Of counts: what it was and is. Of realloc: bytes. Of track, untrack and generation: the list, 3 the permanent one. */
  readonly before?: number;
  readonly after?: number;
  /** Of counts: who holds it now and did not; who did and does no more. */
  readonly gained?: readonly Holder[];
  readonly lost?: readonly Holder[];
  /** Of phase and collection: the number of the collection, from 1 at the program's start. */
  readonly collection?: number;
  readonly phase?: Phase;
  /** Of phase, where asked for: the objects that it left in the list, and those that it took out. */
  readonly list?: readonly Listed[];
  readonly apart?: readonly Listed[];
  /** What `Words.say` makes a sentence of. */
  readonly telling: Telling;
}

/** What an event says, without where it was. */
export type Told = Omit<StretchEvent, 'at' | 'file' | 'function' | 'line' | 'opcode'>;
