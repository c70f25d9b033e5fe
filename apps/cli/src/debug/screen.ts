// The debugger's screen as lines of text: source, names with their counts, frames, memory, output, the prompt.
import { arenas, collectorStats, generationHeads, trackedObjects } from '@moult/inspect';
import { fit, nameInLine, printable } from '../printable.ts';
import { base, type DebugSession } from './session.ts';

export type Paint = (style: 'title' | 'next' | 'ran' | 'changed' | 'quiet', text: string) => string;
const CODES = { title: '7', next: '1;32', ran: '33', changed: '1;33', quiet: '2' } as const;
export const COLOURS: Paint = (style, text) => `\x1b[${CODES[style]}m${text}\x1b[0m`;
export const PLAIN: Paint = (_, text) => text;

export interface ScreenState {
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  /** What the last command said. */
  readonly message: string;
  readonly prompt: string;
  /** The counts that the names had when the screen was last drawn. */
  readonly before: ReadonlyMap<string, number | null>;
}

const LEAST_SOURCE = 34;

/** Exactly `height` lines, none wider than `width`. */
export function screenLines(session: DebugSession, state: ScreenState): string[] {
  const { width, height, paint } = state;
  const messages = messageLines(state);
  const body = Math.max(3, height - messages.length - 6);
  const left = Math.max(LEAST_SOURCE, Math.floor(width * 0.56));
  const right = width - left - 3;
  const source = sourceLines(session, body, left, paint);
  const names = nameLines(session, body, right, state);
  const rows = Array.from({ length: body }, (_, k) => `${source[k] ?? ' '.repeat(left)} │ ${names[k] ?? ''}`);
  const title = fit(` moult debug  ${session.where()}`, width);
  return [
    paint('title', title.padEnd(width)),
    ...rows,
    paint('quiet', '─'.repeat(width)),
    fit(framesLine(session), width),
    fit(memoryLine(session), width),
    fit(outputLine(session), width),
    ...messages,
    fit(`${state.prompt}`, width),
  ].slice(0, height);
}

function messageLines({ message, width, height }: ScreenState): string[] {
  const lines = message === '' ? [] : message.split('\n').map((l) => fit(printable(l), width));
  const room = Math.max(2, Math.floor(height / 2) - 4);
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), `… ${lines.length - room + 1} more lines`];
  while (shown.length < 2) shown.push('');
  return shown;
}

function sourceLines(session: DebugSession, rows: number, width: number, paint: Paint): string[] {
  const frame = session.frame();
  const lines = frame === null ? null : session.source(frame.file);
  if (frame === null || lines === null) {
    return [fit(session.recording.ended ? 'The program has ended: rs goes back.' : 'no source', width).padEnd(width)];
  }
  const line = frame.line ?? 1;
  const from = Math.max(1, Math.min(line - Math.floor(rows / 2), lines.length - rows + 1));
  return Array.from({ length: rows }, (_, k) => {
    const n = from + k;
    const text = lines[n - 1];
    if (text === undefined) return ' '.repeat(width);
    const stop = session.stops.some(
      (s) => s.kind === 'line' && s.line === n && (s.file === null || s.file === base(frame.file)),
    );
    const row = fit(
      `${stop ? '●' : ' '}${n === line ? '▶' : ' '}${String(n).padStart(4)} ${printable(text)}`,
      width,
    ).padEnd(width);
    return n === line ? paint('next', row) : row;
  });
}

function nameLines(session: DebugSession, rows: number, width: number, state: ScreenState): string[] {
  const variables = session.variables();
  const shown = variables.length <= rows ? variables : variables.slice(0, rows - 1);
  const lines = shown.map((v) => {
    const count = v.count === null ? '∞' : String(v.count);
    const before = state.before.get(v.name);
    const changed = before !== undefined && before !== v.count;
    const was = changed && before !== null ? ` was ${before}` : '';
    const text = fit(printable(`${v.name} ${nameInLine(v.type)} ${count}${was}  ${v.text}`), width);
    return changed || before === undefined ? state.paint('changed', text) : text;
  });
  if (shown.length < variables.length) lines.push(`… ${variables.length - shown.length} more names`);
  return lines;
}

function framesLine(session: DebugSession): string {
  const frames = session.frames();
  if (frames.length === 0) return 'no frames';
  const names = frames.map((f, k) => (k === session.selected ? `[${frameText(f)}]` : frameText(f)));
  return `frames ${names.reverse().join(' → ')}`;
}

function frameText(frame: { readonly function: string; readonly line: number | null }): string {
  return `${nameInLine(frame.function)}:${frame.line ?? '?'}`;
}

/** Generations by their objects and counts, the allocator's arenas. */
function memoryLine(session: DebugSession): string {
  const reader = session.recording.reader();
  const objects = generationHeads(reader)
    .slice(0, 3)
    .map((head) => trackedObjects(reader, head).length);
  const counts = collectorStats(reader).map((g) => `${g.count}/${g.threshold}`);
  return `generations ${objects.join(' ')} objects, counts ${counts.join(' ')}   arenas ${arenas(reader).length}`;
}

/** The last line that the program has printed up to here. */
function outputLine(session: DebugSession): string {
  const { prints, moment } = session.recording;
  let text = '';
  for (let k = prints.length - 1; k >= 0 && !text.trimEnd().includes('\n'); k--) {
    const print = prints[k];
    if (print !== undefined && print.at <= moment) text = print.text + text;
  }
  return `output ${printable(text.trimEnd().split('\n').at(-1) ?? '')}`.trimEnd();
}
