/**
 * The event vocabulary, on one screen. Only the tracing build (`__TRACE__`) reports; in the other the calls are not even
 * compiled. The runtime never knows who listens.
 */
/** Parts of a collection, in the order of Python/gc.c; each is told when it has been done, `begin` and `weakrefs` before. */
export type CollectionPart =
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

export interface Hooks {
  /**
   * Before each instruction. The frame's instr_ptr and stacktop are written, so memory is complete: this is where one
   * may audit, stop (throw a HostLimit) or take a snapshot.
   */
  instruction(tstate: number, frame: number, ip: number, sp: number): void;
  /** A nested run of the loop has ended. */
  left(): void;
  /** The thread's current exception is pending at the instruction `at` of `frame`: raised there, or come from what it called. */
  raised(frame: number, at: number): void;
  /** The thread's current exception has left the program. */
  uncaught(): void;
  /** The str at `text` is about to be written to a text stream. */
  printed(stream: number, text: number): void;
  /** Before `n` bytes are asked of a domain ('r', 'm' or 'o' as its code), or a block is resized; false makes it fail. */
  allocate(domain: number, n: number): boolean;
  /** `n` bytes were given at `p` (0: there were none). A block that was resized is freed and allocated again. */
  allocated(domain: number, p: number, n: number): void;
  freed(domain: number, p: number): void;
  /** Before a block is freed or resized: its bytes are still its own. */
  releasing(domain: number, p: number): void;
  /** A block was resized, before both are told: the one at `p` is now the one at `q`, of `n` bytes. */
  resized(domain: number, p: number, q: number, n: number): void;
  /** An object begins in a block that waited in its type's free list; or its block goes there, no longer an object. */
  reused(object: number): void;
  kept(object: number): void;
  /**
   * A part of a collection: `list` is the head of the candidates, then of the unreachable objects; `other` of those that
   * were taken out of it. At the beginning `other` says why it runs (_PyGC_Reason), at the end how many could not be freed.
   */
  collecting(part: CollectionPart, generation: number, list: number, other: number): void;
  /** From here on the weak reference leads to nothing; it led to the object. */
  weakrefCleared(reference: number, object: number): void;
  /** The object's finalizer is about to run: it is garbage of a collection (`unreachable`), or its count is 0. */
  finalizing(object: number, unreachable: boolean): void;
}

export type AllocationListener = Pick<Hooks, 'allocated' | 'freed'> &
  Partial<Pick<Hooks, 'releasing' | 'resized' | 'reused' | 'kept'>>;

export type TellingListener = Partial<
  Pick<Hooks, 'raised' | 'uncaught' | 'printed' | 'collecting' | 'weakrefCleared' | 'finalizing'>
>;

export const hooks: Hooks = {
  instruction() {},
  left() {},
  raised() {},
  uncaught() {},
  printed() {},
  allocate: () => true,
  allocated() {},
  freed() {},
  releasing() {},
  resized() {},
  reused() {},
  kept() {},
  collecting() {},
  weakrefCleared() {},
  finalizing() {},
};

export function traceInstruction(tstate: number, frame: number, ip: number, sp: number): void {
  hooks.instruction(tstate, frame, ip, sp);
}
