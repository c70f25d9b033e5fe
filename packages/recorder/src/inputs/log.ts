// What the outside world answered, in order: each request of the process with its answer. Replaying hands the answers out
// again and asks no one.

/** Stands for an answer that was left out of a recording's file. */
export const OMITTED: unique symbol = Symbol('omitted');

const EVALUATED: unique symbol = Symbol('evaluated');

/** A request that the recording has not: the program was changed, the run was not the same, or its answer was left out. */
export class NotRecorded extends Error {
  constructor(asked: string, position: number, recorded: string | typeof OMITTED | typeof EVALUATED | null) {
    super(
      recorded === EVALUATED
        ? `${asked} is not answered: what is evaluated in a recorded run sees nothing outside`
        : recorded === null
          ? `the recording holds no answer to ${asked}: all its ${position} answers have been given`
          : recorded === OMITTED
            ? `the recording holds no answer to ${asked}: it was written without its inputs`
            : `the recording holds no answer to ${asked}: its answer ${position + 1} is to ${recorded}`,
    );
    this.name = 'NotRecorded';
  }
}

export interface LoggedRequest {
  /** `io.read`, `clock.time`, … */
  readonly name: string;
  /** What was asked for: the arguments as text. */
  readonly asked: string;
  readonly answer: unknown;
}

export class InputLog {
  readonly requests: LoggedRequest[] = [];
  /** The next request's number. */
  position = 0;
  /** Bytes of all answers, roughly. */
  bytes = 0;
  replaying = false;
  /** While code is evaluated that is no part of the run: what it asks of the outside is refused. */
  evaluating = false;

  /** Answers a request: by asking `ask` while recording, from the log while replaying. */
  answer<T>(name: string, args: readonly unknown[], ask: () => T): T {
    const asked = args.map(textOf).join(', ');
    const at = this.position;
    if (this.evaluating) throw new NotRecorded(`${name}(${asked})`, 0, EVALUATED);
    if (this.replaying) {
      const logged = this.requests[at];
      if (logged === undefined || logged.name !== name || logged.asked !== asked) {
        throw new NotRecorded(`${name}(${asked})`, at, logged === undefined ? null : `${logged.name}(${logged.asked})`);
      }
      if (logged.answer === OMITTED) throw new NotRecorded(`${name}(${asked})`, at, OMITTED);
      this.position++;
      return copy(logged.answer) as T;
    }
    const answer = ask();
    this.add({ name, asked, answer: copy(answer) });
    this.position++;
    return answer;
  }
  add(request: LoggedRequest): void {
    this.requests.push(request);
    this.bytes += 64 + request.asked.length + sizeOf(request.answer);
  }

  /** The requests by name: how many, and how many bytes their answers take. */
  summary(): Map<string, { requests: number; bytes: number }> {
    const out = new Map<string, { requests: number; bytes: number }>();
    for (const { name, answer } of this.requests) {
      const entry = out.get(name) ?? { requests: 0, bytes: 0 };
      entry.requests++;
      entry.bytes += sizeOf(answer);
      out.set(name, entry);
    }
    return out;
  }
}

/** An argument as text; bytes by length and checksum, so that replaying notices other output. */
function textOf(argument: unknown): string {
  if (!(argument instanceof Uint8Array)) return String(argument);
  let h = 0x811c9dc5;
  for (const byte of argument) h = Math.imul(h ^ byte, 0x01000193);
  return `${argument.length} bytes ${(h >>> 0).toString(16)}`;
}

function copy(answer: unknown): unknown {
  return answer instanceof Uint8Array ? answer.slice() : answer;
}

export function sizeOf(answer: unknown): number {
  if (answer instanceof Uint8Array) return answer.length;
  if (typeof answer === 'string') return answer.length;
  if (Array.isArray(answer)) return answer.reduce((n: number, item) => n + sizeOf(item), 16);
  if (typeof answer === 'object' && answer !== null) return sizeOf(Object.values(answer));
  return 8;
}
