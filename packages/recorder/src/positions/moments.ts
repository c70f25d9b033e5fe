// Moments in words: what is written behind --at.

export type Place =
  | { readonly kind: 'step'; readonly n: number }
  | { readonly kind: 'line'; readonly file: string | null; readonly line: number; readonly n: number }
  | { readonly kind: 'call' | 'return'; readonly name: string; readonly n: number }
  | { readonly kind: 'exception'; readonly n: number | null }
  | { readonly kind: 'output'; readonly n: number }
  | { readonly kind: 'end' };

/** A moment that no one can read, or that the run does not have; the message says what is wrong. */
export class BadMoment extends Error {
  constructor(text: string, why: string) {
    super(`${text}: ${why}`);
    this.name = 'BadMoment';
  }
}

const SHAPES = 'a moment is LINE, FILE:LINE, LINE@n, step:N, call:NAME@n, return:NAME@n, exception, output:N or end';

export function parseMoment(text: string): Place {
  const count = (digits: string | undefined): number => {
    if (digits === undefined) return 1;
    const n = Number(digits);
    if (n < 1) throw new BadMoment(text, 'what is counted begins with 1');
    return n;
  };
  if (text === 'end') return { kind: 'end' };
  const exception = /^exception(?:@(\d+))?$/.exec(text);
  if (exception !== null) return { kind: 'exception', n: exception[1] === undefined ? null : count(exception[1]) };
  const step = /^step:(\d+)$/.exec(text);
  if (step !== null) return { kind: 'step', n: Number(step[1]) };
  const output = /^output:(\d+)$/.exec(text);
  if (output !== null) return { kind: 'output', n: count(output[1]) };
  const call = /^(call|return):([^@]+?)(?:@(\d+))?$/.exec(text);
  if (call !== null) return { kind: call[1] as 'call', name: call[2] as string, n: count(call[3]) };
  const line = /^(?:(.+):)?(\d+)(?:@(\d+))?$/.exec(text);
  if (line !== null) return { kind: 'line', file: line[1] ?? null, line: Number(line[2]), n: count(line[3]) };
  throw new BadMoment(text, SHAPES);
}

/** Does the path of a code object end with what was asked for? */
export function fileMatches(path: string, asked: string): boolean {
  const wanted = asked.replace(/^(?:\.\/)+/, '');
  return path === wanted || path.endsWith(`/${wanted}`);
}
