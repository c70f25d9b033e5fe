// The smaller sections: the log, what was printed and raised, what was written. Each is written and read side by side.
import type { Output } from '../inputs/host.ts';
import { InputLog, type LoggedRequest } from '../inputs/log.ts';
import type { Exceptions, Print } from '../told.ts';
import { type ByteReader, type ByteWriter, Malformed } from './bytes.ts';

/** A request: its name, by number once it has one; what was asked for; the answer. */
export function writeLog(
  out: ByteWriter,
  full: () => void,
  log: InputLog,
  keep: (request: LoggedRequest) => unknown,
): void {
  const names = new Map<string, number>();
  out.count(log.requests.length);
  for (const request of log.requests) {
    const { name, asked } = request;
    const known = names.get(name) ?? names.size;
    out.count(known);
    if (known === names.size) {
      names.set(name, known);
      out.text(name);
    }
    out.text(asked);
    out.value(keep(request));
    full();
  }
}
export function readLog(from: ByteReader): InputLog {
  const log = new InputLog();
  const names: string[] = [];
  for (let n = from.many(); n > 0; n--) {
    const known = from.count(names.length);
    if (known === names.length) names.push(from.text());
    const asked = from.text();
    log.add({ name: names[known] as string, asked, answer: from.value() });
  }
  if (from.left > 0) throw new Malformed('more follows the log');
  log.replaying = true;
  return log;
}

export function writeTold(out: ByteWriter, full: () => void, prints: readonly Print[], raised: Exceptions): void {
  out.count(prints.length);
  let before = 0;
  for (const { at, fd, text } of prints) {
    out.count(at - before);
    out.byte(fd);
    out.text(text);
    before = at;
    full();
  }
  out.count(raised.raised.length);
  before = 0;
  for (const at of raised.raised) {
    out.value(at - before);
    before = at;
    full();
  }
  out.value(raised.uncaught);
}
export function readTold(from: ByteReader): { prints: Print[]; exceptions: Exceptions } {
  let at = 0;
  const prints = Array.from({ length: from.many() }, (): Print => {
    at += from.count();
    const fd = from.byte();
    if (fd > 2) throw new Malformed(`a stream ${fd}`);
    return { at, fd: fd as 0 | 1 | 2, text: from.text() };
  });
  at = 0;
  const raised = Array.from({ length: from.many() }, () => {
    at += momentOf(from.value());
    return at;
  });
  const uncaught = from.value();
  return { prints, exceptions: { raised, uncaught: uncaught === null ? null : momentOf(uncaught) } };
}
function momentOf(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Malformed('a moment is no whole number');
  return value as number;
}

export function writeOutputs(out: ByteWriter, full: () => void, outputs: readonly Output[]): void {
  out.count(outputs.length);
  for (const { at, fd, data } of outputs) {
    out.count(at);
    out.count(fd);
    out.bytes(data);
    full();
  }
}
export function readOutputs(from: ByteReader): Output[] {
  return Array.from({ length: from.many() }, () => ({ at: from.count(), fd: from.count(), data: from.bytes() }));
}
