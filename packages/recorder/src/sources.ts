// The texts of a recorded program, as they were when it ran: what it was started with, and what it imported.
import { decodeText } from './file/bytes.ts';
import type { Recording } from './recording.ts';

/** The text of a file that code objects name; null where the run did not read it. */
export function sourceOf(recording: Recording, file: string): string | null {
  const { settings, log } = recording.recorded;
  const { program } = settings;
  if (file === '<string>' && program.kind === 'command') return program.source;
  if (file === '<stdin>' && program.kind === 'stdin') return decodeText(program.source);
  const read = log.requests.find(
    ({ name, asked, answer }) => name === 'files.readFile' && asked === file && answer instanceof Uint8Array,
  );
  return read === undefined ? null : decodeText(read.answer as Uint8Array);
}
