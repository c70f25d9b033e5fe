/** What is written beside the lines of the program: what its names hold, where they were last bound. */
import { describe, dictEntries, frameInfo, mainDict, nameText, type Reader } from '@moult/inspect';
import type { LineNote } from '../protocol.ts';
import type { Recorded } from './context.ts';

/** Stops of a run up to which bindings are known. */
const MOST_STOPS = 3000;
const TEXT = 24;

interface Binding {
  readonly at: number;
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

export function lineNotes(recorded: Recorded, at: number, before: number | null): LineNote[] {
  const bindings = recorded.kept('bindings', () => bindingsOf(recorded));
  const last = new Map<number, Binding>();
  for (const binding of bindings) {
    if (binding.at > at) break;
    last.set(binding.line, binding);
  }
  return [...last.values()].map(({ line, text, at: bound }) => ({
    line,
    text,
    tone: before !== null && bound > before ? 'changed' : 'plain',
  }));
}

/** Each time that a line of the module bound a name anew. */
function bindingsOf(recorded: Recorded): Binding[] {
  const { recording, stops } = recorded;
  const lines = stops.lines();
  if (lines === null || lines.length > MOST_STOPS) return [];
  const here = recording.moment;
  const out: Binding[] = [];
  let known = new Map<string, string>();
  let ran: number | null = null;
  for (const [k, at] of [...lines.map((l) => l.at), recording.length].entries()) {
    recording.seek(at);
    const now = valuesNow(recorded);
    if (ran !== null) {
      for (const [name, text] of now) {
        if (known.get(name) !== text) out.push({ at, line: ran, name, text });
      }
    }
    known = now;
    ran = lines[k]?.line ?? null;
  }
  recording.seek(here);
  return out;
}

/** The module's names, and those of the function that runs. */
function valuesNow({ recording }: Recorded): Map<string, string> {
  const reader = recording.reader();
  const out = new Map<string, string>();
  const dict = mainDict(reader);
  for (const { key, value } of dict === 0 ? [] : dictEntries(reader, dict, 500)) {
    const name = nameText(reader, key);
    if (!name.startsWith('__')) out.set(name, textOf(recording.serials.of(reader, value), reader, value));
  }
  const { cursor } = recording;
  if (recording.ended) return out;
  cursor.read();
  const info = cursor.frame === 0 ? null : frameInfo(reader, cursor.frame);
  for (const { name, value } of info?.locals ?? []) {
    if (value !== 0) out.set(`${info?.function} ${name}`, textOf(recording.serials.of(reader, value), reader, value));
  }
  return out;
}

const PLAIN = new Set(['int', 'float', 'bool', 'NoneType', 'str', 'bytes', 'complex']);

function textOf(serial: number, reader: Reader, address: number): string {
  const type = reader.typeOrNull(address)?.name ?? '';
  if (!PLAIN.has(type) && serial > 0) return `#${serial}`;
  const text = describe(reader, address, 0);
  return text.length > TEXT ? `${text.slice(0, TEXT - 1)}…` : text;
}
