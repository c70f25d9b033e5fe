/**
 * The event vocabulary, on one screen. Only the tracing build (`__TRACE__`) reports; in the other the calls are not even
 * compiled. The runtime never knows who listens.
 */
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
  /** An object begins in a block that waited in its type's free list; or its block goes there, no longer an object. */
  reused(object: number): void;
  kept(object: number): void;
}

export type AllocationListener = Pick<Hooks, 'allocated' | 'freed'> & Partial<Pick<Hooks, 'reused' | 'kept'>>;

export const hooks: Hooks = {
  instruction() {},
  left() {},
  raised() {},
  uncaught() {},
  printed() {},
  allocate: () => true,
  allocated() {},
  freed() {},
  reused() {},
  kept() {},
};

export function traceInstruction(tstate: number, frame: number, ip: number, sp: number): void {
  hooks.instruction(tstate, frame, ip, sp);
}
