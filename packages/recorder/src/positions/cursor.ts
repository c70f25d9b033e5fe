// Where a process stands between two instructions: the frame, what ran before in it, what runs next, and what that is the
// beginning of.
import { _PyInterpreterFrame, FRAME_OWNED_BY_CSTACK, OP, PyThreadState } from '@moult/abi';
import type { Reader } from '@moult/inspect';
import type { ProcessMemory } from '@moult/runtime';
import { type CodeInfo, CodeTable } from './code.ts';

const RETURNS = new Set<number>([
  OP.RETURN_VALUE,
  OP.RETURN_CONST,
  OP.INSTRUMENTED_RETURN_VALUE,
  OP.INSTRUMENTED_RETURN_CONST,
]);

const RESUMES = new Set<number>([OP.RESUME, OP.RESUME_CHECK, OP.INSTRUMENTED_RESUME]);

/** One look at the realm; `read` before asking anything. */
export class Cursor {
  /** The frame whose instruction runs next, its code object, and the addresses of that instruction and of the one before it. */
  frame = 0;
  code = 0;
  next = 0;
  previous = 0;
  readonly table: CodeTable;
  private readonly view: DataView;
  private readonly memory: ProcessMemory;
  private readonly thread: number;

  constructor(memory: ProcessMemory, reader: () => Reader) {
    this.memory = memory;
    this.view = new DataView(memory.bytes.buffer);
    this.thread = this.view.getInt32(memory.thread, true);
    this.table = new CodeTable(reader);
  }

  read(): void {
    const { view } = this;
    let frame = view.getInt32(this.thread + PyThreadState.current_frame, true);
    while (frame !== 0 && view.getUint8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK) {
      frame = view.getInt32(frame + _PyInterpreterFrame.previous, true);
    }
    this.frame = frame;
    if (frame === 0) return;
    this.code = view.getInt32(frame, true);
    this.next = view.getInt32(frame + _PyInterpreterFrame.instr_ptr, true);
    this.previous = view.getInt32(this.memory.previous, true);
  }

  info(): CodeInfo {
    return this.table.at(this.code);
  }
  /** The code unit of an instruction. */
  unit(info: CodeInfo, address: number): number {
    return (address - info.start) >> 1;
  }
  line(): number {
    const info = this.info();
    return this.table.line(this.code, info, this.unit(info, this.next));
  }

  /** A frame begins: its first instruction runs next. */
  isCall(): boolean {
    return this.next === this.info().start;
  }
  isReturn(): boolean {
    return RETURNS.has(this.view.getUint8(this.next));
  }
  /** A line is reached: from another one, by a call, by a jump backwards. */
  isLine(): boolean {
    const info = this.info();
    const unit = this.unit(info, this.next);
    // where a generator goes on no line begins
    if (unit <= info.body || RESUMES.has(this.view.getUint8(this.next))) return false;
    const line = this.table.line(this.code, info, unit);
    if (line <= 0) return false;
    const { previous } = this;
    if (previous < info.start || previous >= info.end || previous >= this.next) return true;
    const before = this.unit(info, previous);
    return before <= info.body || this.table.line(this.code, info, before) !== line;
  }

  /** The frames from this one outwards, native entries left out. */
  frames(): number[] {
    const out: number[] = [];
    for (let f = this.frame; f !== 0; f = this.view.getInt32(f + _PyInterpreterFrame.previous, true)) {
      if (this.isPython(f)) out.push(f);
    }
    return out;
  }
  /** Does a frame run Python code, or is it a native entry? */
  isPython(frame: number): boolean {
    return this.view.getUint8(frame + _PyInterpreterFrame.owner) !== FRAME_OWNED_BY_CSTACK;
  }
}
