// `moult draw FILE --at MOMENT -o picture.svg`: the stack and the heap at a moment, as the page draws them.
import { readFileSync } from 'node:fs';
import { picture, RunPictures, type Theme } from '@moult/picture';
import { UsageError } from '../arguments.ts';
import { jsonText } from '../printable.ts';
import { parseQuestion } from '../questions/options.ts';
import { momentOf } from '../questions/moment.ts';
import { recordProgram } from '../questions/recorded.ts';
import { writeOutput } from '../questions/output.ts';

const THEMES: readonly string[] = ['light', 'dark', 'auto'];

export function drawCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'draw', [], { level: { type: 'string' }, theme: { type: 'string' } });
  const level = question.more.level ?? 'simple';
  if (level !== 'simple' && level !== 'true') throw new UsageError(`--level ${level}: give simple or true`);
  const theme = String(question.more.theme ?? 'auto');
  if (!THEMES.includes(theme)) throw new UsageError(`--theme ${theme}: give light, dark or auto`);
  const recording = recordProgram(question);
  const at = momentOf(recording, question.at ?? 'end');
  const lines = sourceLines(question.line.program);
  const pictures = new RunPictures(recording, { level, statement: (line) => lines[line - 1] });
  const { scene, cast, stack } = pictures.at(at);
  const titled = { ...scene, title: `Stack and heap after ${at} instructions` };
  const drawn = question.json
    ? jsonText({ moment: at, ...titled })
    : `${picture(titled, { theme: theme as Theme, cast, stack })}\n`;
  writeOutput(question.output, drawn);
  return 0;
}

/** The program's lines; none where it is no file. */
function sourceLines(program: { readonly kind: string; readonly path?: string }): string[] {
  return program.kind === 'file' && program.path !== undefined ? readFileSync(program.path, 'utf8').split('\n') : [];
}
