/** What is written beside the lines of the program: what its names hold, where they were last bound. */
import {
  describe,
  dictEntries,
  frameInfo,
  isImmortal,
  mainDict,
  nameText,
  type Reader,
  refcount,
} from '@moult/inspect';
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

/** `ran`: the line that the step has run. */
export function lineNotes(recorded: Recorded, at: number, before: number | null, ran: number | null): LineNote[] {
  const bindings = recorded.kept('bindings', () => bindingsOf(recorded));
  const last = new Map<number, Binding>();
  for (const binding of bindings) {
    if (binding.at > at) break;
    last.set(binding.line, binding);
  }
  const notes = [...last.values()].map(
    ({ line, text, at: bound }): LineNote => ({
      line,
      text,
      tone: before !== null && bound > before ? 'changed' : 'plain',
    }),
  );
  const change = before === null || ran === null ? null : countChange(recorded, before, at);
  if (change === null || ran === null) return notes;
  return [...notes.filter(({ line }) => line !== ran), { line: ran, text: change, tone: 'changed' }];
}

/** "#42: 2 → 1": of what a name of the module held before the step, the last that was born. */
function countChange(recorded: Recorded, before: number, at: number): string | null {
  const { recording } = recorded;
  const look = (moment: number): Map<number, { address: number; count: number | null }> => {
    recording.seek(moment);
    const reader = recording.reader();
    const found = new Map<number, { address: number; count: number | null }>();
    const dict = mainDict(reader);
    for (const { value } of dict === 0 ? [] : dictEntries(reader, dict, 500)) {
      const serial = recording.serials.of(reader, value);
      if (serial > 0 && !PLAIN.has(reader.typeOrNull(value)?.name ?? '')) {
        found.set(serial, { address: value, count: isImmortal(reader, value) ? null : refcount(reader, value) });
      }
    }
    return found;
  };
  const then = look(before);
  recording.seek(at);
  const reader = recording.reader();
  let told: string | null = null;
  let latest = 0;
  for (const [serial, { address, count }] of then) {
    if (count === null || serial < latest) continue;
    const lives = recording.serials.of(reader, address) === serial;
    const now = lives ? refcount(reader, address) : 0;
    if (now === count) continue;
    latest = serial;
    told = lives ? `#${serial}: ${count} → ${now}` : `#${serial} freed`;
  }
  return told;
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
