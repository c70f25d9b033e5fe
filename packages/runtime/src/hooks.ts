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
}

export const hooks: Hooks = {
  instruction() {},
};

export function traceInstruction(tstate: number, frame: number, ip: number, sp: number): void {
  hooks.instruction(tstate, frame, ip, sp);
}
