// The lines of a recorded program's files, as they were when it ran; of the standard library, as Moult has it.
import { type Recording, sourceOf } from '@moult/recorder';
import { withStandardLibrary } from '../archive.ts';

const nothing = { readFile: () => null, isFile: () => false, isDirectory: () => false, listDirectory: () => [] };

/** By file, its lines; null where there are none. */
export type LinesOf = (file: string) => readonly string[] | null;

export function linesOf(recording: Recording): LinesOf {
  const files = new Map<string, readonly string[] | null>();
  const library = withStandardLibrary(nothing);
  const read = (file: string): string | null => {
    const recorded = sourceOf(recording, file);
    if (recorded !== null) return recorded;
    const data = library.readFile(file);
    return data === null ? null : new TextDecoder().decode(data);
  };
  return (file) => {
    let lines = files.get(file);
    if (lines === undefined) {
      lines = read(file)?.split(/\r\n|\r|\n/) ?? null;
      files.set(file, lines);
    }
    return lines;
  };
}

/** The text of a line, for sentences. */
export function statementsOf(recording: Recording): (file: string, line: number) => string | undefined {
  const lines = linesOf(recording);
  return (file, line) => lines(file)?.[line - 1]?.trim();
}
