/** What a run printed, and how it ended, in words for people. */
import type { Recording } from '@moult/recorder';
import type { Printed, Problem, Run, RunOptions } from '../protocol.ts';
import type { RunResult } from './run.ts';
import type { Stops } from './stops.ts';

const MOST_PRINTS = 20_000;

export function runOf(result: RunResult, stops: Stops, options: RunOptions): Run {
  const { recording } = result;
  return {
    length: recording.length,
    exitCode: recording.end.exitCode,
    problem: problemOf(result, options),
    prints: printsOf(recording, stops),
    exceptions: recording.exceptions.raised,
    milliseconds: recording.milliseconds.whole,
  };
}

/** What went to the program's standard streams, in order. */
export function printsOf(recording: Recording, stops: Stops): Printed[] {
  const lines = stops.lines();
  const out: Printed[] = [];
  let k = 0;
  for (const { at, fd, text } of recording.prints) {
    if (fd === 0) continue;
    if (out.length >= MOST_PRINTS) break;
    while (lines !== null && k + 1 < lines.length && (lines[k + 1] as { at: number }).at < at) k++;
    const last = out.at(-1);
    const line = lines?.[k]?.line ?? null;
    // print() writes its text and the end of the line apart
    if (last !== undefined && last.fd === fd && last.line === line && !last.text.endsWith('\n')) {
      out[out.length - 1] = { ...last, at, text: last.text + text };
    } else out.push({ at, fd, text, line });
  }
  return out;
}

const number = (n: number): string => n.toLocaleString('en-US');

function problemOf({ recording, stopped }: RunResult, options: RunOptions): Problem | null {
  const { stop, length } = recording;
  const plain = { line: null, column: null, at: length } as const;
  if (stopped === 'input') {
    return {
      ...plain,
      kind: 'input',
      message: 'The program waits for input. Type a line below; the run goes on with it.',
    };
  }
  if (stopped === 'asked') {
    return {
      ...plain,
      kind: 'limit',
      message: `Stopped by you after ${number(length)} instructions. The run so far is kept.`,
    };
  }
  if (stopped === 'limit') {
    const limit =
      stop.limit === 'time'
        ? `${number(options.limits.milliseconds / 1000)} s`
        : `${number(options.limits.instructions)} instructions`;
    return { ...plain, kind: 'limit', message: `Stopped after ${limit}, the limit you set. The run so far is kept.` };
  }
  if (stop.reason === 'fatal') {
    return { ...plain, kind: 'fatal', message: `The process died: ${stop.fatal?.message ?? 'a mistake with memory'}.` };
  }
  return exceptionOf(recording);
}

/** What CPython wrote to stderr is where line and reason are read from: syntax errors have no moment. */
function exceptionOf(recording: Recording): Problem | null {
  if (recording.end.exitCode === 0) return null;
  const report = new TextDecoder().decode(joined(recording.outputs.filter((o) => o.fd === 2).map((o) => o.data)));
  const lines = report.trimEnd().split('\n');
  const last = lines.at(-1) ?? '';
  const places = [...report.matchAll(/^ {2}File "([^"]*)", line (\d+)/gm)].filter(
    (m) => m[1] === recording.mainFile || recording.mainFile === '',
  );
  const line = places.length === 0 ? null : Number(places.at(-1)?.[2]);
  const syntax = /^(?:SyntaxError|IndentationError|TabError):/.test(last) && recording.exceptions.uncaught === null;
  if (!syntax && recording.exceptions.uncaught === null) return null;
  const caret = syntax ? lines.at(-2) : undefined;
  const column = caret !== undefined && /^\s*\^/.test(caret) ? caret.indexOf('^') - 4 : null;
  return { kind: syntax ? 'syntax' : 'exception', message: last, line, column, at: recording.exceptions.uncaught };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
