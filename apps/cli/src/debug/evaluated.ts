// What an expression gives, evaluated in a copy of the process: its output, its repr, and whether the run has such an object.
import { isImmortal, refcount, typeName } from '@moult/inspect';
import { evaluateIn, type Recording } from '@moult/recorder';
import { fit, nameInLine, printable } from '../printable.ts';

/** So many characters of a repr are shown. */
const LONGEST = 2000;

/** `frame` 0: the names of the module. */
export function evaluatedText(recording: Recording, text: string, frame: number): string {
  const result = evaluateIn(recording, text, { frame, now: () => performance.now() }, (reader, object) => {
    const info = reader.typeOrNull(object);
    return info === null ? '?' : typeName(info);
  });
  const lines = result.printed.replace(/\n$/, '').split('\n').map(printable);
  if (result.printed === '') lines.pop();
  if (result.cut) lines.push('… it printed more');
  if (result.kind === 'raised') lines.push(`*** ${printable(result.text)}`);
  else if (result.kind === 'ended') lines.push(`*** ${printable(`${text}: ${result.why}`)}`);
  else {
    const type = nameInLine(result.seen);
    const reader = recording.reader();
    const count = (): string =>
      isImmortal(reader, result.object) ? 'immortal' : `count ${refcount(reader, result.object)}`;
    lines.push(
      fit(printable(result.repr), LONGEST),
      result.known
        ? `${type} at 0x${result.object.toString(16)}, ${count()}`
        : `${type}, made by the expression: the run does not have it`,
    );
  }
  return lines.join('\n');
}
