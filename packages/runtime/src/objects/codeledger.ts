/**
 * Plays a compilation's ledger: makes and frees what CPython's compiler would, between the tuples of the code objects, so that
 * the collector's counts and the free lists become its own (docs/decisions/016-a-ledger-of-the-compiler.md).
 */
import { DICT, type Ledger, LIST, OTHER, ownTuple, tuple } from '@moult/compiler';
import { _gc_runtime_state as gcs, gc_generation } from '@moult/abi';
import { _PyObject_GC_Link } from '../gc/alloc.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyDict_New } from './dictobject.ts';
import { PyList_New } from './listobject.ts';
import { hold, nativeMark, Py_DECREF, type Ref } from './object.ts';
import { GC_STATE } from './runtime.ts';
import { PyTuple_New } from './tupleobject.ts';

const YOUNG = GC_STATE + gcs.generations + gc_generation.count;
const FIRST_TUPLE = 8;
/** Slots for the own tuples of code objects that nothing refers to in the end. */
const OWN_SLOTS = 64;

/** Its objects are held in slots of the native stack from its making on: whoever makes it releases that. */
export class LedgerPlayer {
  private readonly ledger: Ledger;
  /** The code objects' entries that were played. */
  private played = 0;
  private entries: readonly number[] = [];
  private at = 0;
  /** How many live that are only counted. */
  private others = 0;
  /** Free slots, and by kind those that hold an object. */
  private readonly free: number[] = [];
  private readonly taken: number[][] = [];

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    const first = nativeMark();
    const slots = ledger.peak + OWN_SLOTS;
    for (let i = 0; i < slots; i++) hold(0);
    for (let i = slots - 1; i >= 0; i--) this.free.push(first + (i << 3));
  }

  /** The entries of code object number `code` come next; those of earlier ones, which no code refers to, are played. */
  begin(code: number): void {
    const { codes } = this.ledger;
    for (; this.played < code; this.played++) this.playWhole(codes[this.played] as number[]);
    this.played = code + 1;
    this.entries = codes[code] as number[];
    this.at = 0;
  }
  /** Plays until the code object makes its next own tuple, or to the end of its entries. */
  next(): void {
    const { entries } = this;
    let { at } = this;
    while (at < entries.length) {
      const entry = entries[at++] as number;
      if (entry < 0) break;
      this.play(entry);
    }
    this.at = at;
  }
  /** Plays all that is left. */
  end(): void {
    const { codes, entries } = this.ledger;
    for (; this.played < codes.length; this.played++) this.playWhole(codes[this.played] as number[]);
    this.playWhole(entries);
    // an error leaves some
    while (this.others > 0) this.uncount();
  }

  private playWhole(entries: readonly number[]): void {
    for (const entry of entries) {
      if (entry >= 0) this.play(entry);
      else if (entry !== ownTuple(0)) this.make(tuple(ownTuple(0) - entry));
    }
  }
  private play(entry: number): void {
    const kind = entry & ~1;
    if (kind === OTHER) {
      // only counted: nothing that is freed waits anywhere
      if (entry === OTHER) {
        this.others++;
        _PyObject_GC_Link(0);
      } else this.uncount();
      return;
    }
    this.taken[kind] ??= [];
    const taken = this.taken[kind] as number[];
    if (entry === kind) {
      const slot = this.make(kind);
      if (slot !== 0) taken.push(slot);
      return;
    }
    const slot = taken.pop();
    if (slot === undefined) return;
    const op = i32(slot);
    setPtr(slot, 0);
    this.free.push(slot);
    Py_DECREF(op);
  }
  private uncount(): void {
    this.others--;
    if (i32(YOUNG) > 0) setI32(YOUNG, i32(YOUNG) - 1);
  }
  /** Makes an object; its slot, or 0 where there is none. */
  private make(kind: number): number {
    const op = make(kind);
    const slot = this.free.pop();
    if (slot === undefined) Py_DECREF(op);
    else setPtr(slot, op);
    return slot ?? 0;
  }
}

function make(kind: number): Ref {
  if (kind === DICT) return PyDict_New();
  if (kind === LIST) return PyList_New(0);
  return PyTuple_New((kind - FIRST_TUPLE) >> 1);
}
