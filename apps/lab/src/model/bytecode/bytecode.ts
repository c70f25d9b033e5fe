/** A frame's instructions, with what ran and what runs next, and its value stack. */
import { _PyInterpreterFrame, opcodeName, PyCodeObject, PyVarObject, sentenceOf } from '@moult/abi';
import { frameInfo, nameText, type Reader } from '@moult/inspect';
import type { Piece, Ref, Say } from '../../protocol.ts';
import type { ModelContext, StageModel } from '../context.ts';
import { count, nameOf, plural } from '../refs.ts';
import { decode, type Instruction } from './decode.ts';

export interface BytecodeOwn {
  /** Which frame from the innermost outwards. */
  readonly frame?: number;
}
export interface InstructionRow extends Instruction {
  readonly state: 'previous' | 'next' | null;
}
export interface StackRow {
  readonly index: number;
  readonly text: readonly Piece[];
  readonly ref: Ref | null;
  /** What the next instruction takes. */
  readonly taken: boolean;
}
export interface BytecodeData {
  readonly say: Say;
  readonly frames: readonly { readonly name: string; readonly line: number | null }[];
  readonly frame: number;
  readonly title: string;
  readonly rows: readonly InstructionRow[];
  /** Top first; null: its height is not known. */
  readonly stack: readonly StackRow[] | null;
  readonly depth: number;
  readonly sentence: string;
  readonly own: BytecodeOwn;
}

const MOST_ROWS = 4000;

export const bytecodeModel: StageModel<BytecodeData> = (context) => {
  const own = (context.options.own.bytecode ?? {}) as BytecodeOwn;
  const { recording } = context;
  const { cursor } = recording;
  const reader = context.reader();
  if (!recording.ended) cursor.read();
  const frames = recording.ended || cursor.frame === 0 ? [] : cursor.frames();
  const infos = frames.map((f) => frameInfo(reader, f)).flatMap((f) => (f === null ? [] : [f]));
  const k = Math.max(0, Math.min(infos.length - 1, own.frame ?? 0));
  const info = infos[k];
  if (info === undefined) return nothing(own);
  const { code } = info;
  const first = code + PyCodeObject.co_code_adaptive;
  const next = reader.ptr(info.address + _PyInterpreterFrame.instr_ptr);
  const previous = k === 0 ? previousOf(context, code) : 0;
  const all = context.memo('moment', `code ${code}`, () => decode(reader, code));
  const rows = all.slice(0, MOST_ROWS).map((row): InstructionRow => {
    // an instruction begins with its EXTENDED_ARGs, and ends with its caches
    const inside = (at: number): boolean => at >= first + row.start && at < first + row.end;
    // a frame that waits stands at its call
    return { ...row, state: inside(next) ? 'next' : previous !== 0 && inside(previous) ? 'previous' : null };
  });
  const now = rows.find((r) => r.state === 'next');
  const depth = info.stack?.length ?? 0;
  const units = reader.ssize(code + PyVarObject.ob_size);
  const name = info.function.split('<locals>.').at(-1) ?? info.function;
  return {
    say: sayOf(now, depth, k > 0),
    frames: infos.map((f) => ({ name: f.function.split('<locals>.').at(-1) ?? f.function, line: f.line })),
    frame: k,
    title: `${name} in ${fileOf(reader, code)}, ${plural(all.length, 'instruction')}, ${plural(units * 2, 'byte')}`,
    rows,
    stack: info.stack === null ? null : stackRows(context, reader, info.stack, now),
    depth,
    sentence: now === undefined ? '' : sentenceOf(now.opcode),
    own,
  };
};

function nothing(own: BytecodeOwn): BytecodeData {
  const say: Say = { head: ['Nothing runs at this moment.'], why: ['Go back one step to see the last instructions.'] };
  return { say, frames: [], frame: 0, title: '', rows: [], stack: null, depth: 0, sentence: '', own };
}
function fileOf(reader: Reader, code: number): string {
  const file = nameText(reader, reader.ptr(code + PyCodeObject.co_filename));
  return file.slice(file.lastIndexOf('/') + 1);
}
/** The instruction of this code object that ran last; 0: another's. */
function previousOf(context: ModelContext, code: number): number {
  const { cursor } = context.recording;
  cursor.read();
  return cursor.code === code ? cursor.previous : 0;
}

function sayOf(now: InstructionRow | undefined, depth: number, waits: boolean): Say {
  if (now === undefined) return { head: ['No instruction of this frame runs next.'], why: [] };
  const text = sentenceOf(now.opcode);
  const head: Piece[] = [
    { code: opcodeName(now.opcode) },
    waits ? ' waits for its call.' : ` is next, line ${now.line ?? 'unknown'}.`,
  ];
  const effect =
    now.effect === null || now.effect === 0 ? '' : ` Depth goes from ${count(depth)} to ${count(depth + now.effect)}.`;
  return { head, why: [`${text}${waits ? '' : effect}`] };
}

function stackRows(
  context: ModelContext,
  reader: Reader,
  stack: readonly number[],
  now: InstructionRow | undefined,
): StackRow[] {
  return stack
    .map((address, index): StackRow => {
      const taken = now !== undefined && now.pops !== null && index >= stack.length - now.pops;
      if (address === 0) return { index, text: ['NULL: no object'], ref: null, taken };
      const thing = nameOf(context, reader, address);
      return { index, text: [thing], ref: thing.ref, taken };
    })
    .reverse();
}
