// `moult draw FILE --at MOMENT -o picture.svg`: the stack and the heap at a moment, as the page draws them.
import { picture, RunPictures, type Theme } from '@moult/picture';
import { UsageError } from '../arguments.ts';
import { jsonText } from '../printable.ts';
import { parseQuestion } from '../questions/options.ts';
import { momentOf } from '../questions/moment.ts';
import { recordProgram } from '../questions/recorded.ts';
import { writeOutput } from '../questions/output.ts';
import { linesOf } from '../questions/source.ts';

const THEMES: readonly string[] = ['light', 'dark', 'auto'];

export function drawCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'draw', [], { level: { type: 'string' }, theme: { type: 'string' } });
  const level = question.more.level ?? 'simple';
  if (level !== 'simple' && level !== 'true') throw new UsageError(`--level ${level}: give simple or true`);
  const theme = String(question.more.theme ?? 'auto');
  if (!THEMES.includes(theme)) throw new UsageError(`--theme ${theme}: give light, dark or auto`);
  const recording = recordProgram(question);
  const at = momentOf(recording, question.at ?? 'end');
  const lines = linesOf(recording)(recording.mainFile) ?? [];
  const pictures = new RunPictures(recording, { level, statement: (line) => lines[line - 1] });
  const { scene, cast, stack } = pictures.at(at);
  const titled = { ...scene, title: `Stack and heap after ${at} instructions` };
  const drawn = question.json
    ? jsonText({ schema: 'moult-draw/1', moment: at, ...titled })
    : `${picture(titled, { theme: theme as Theme, cast, stack })}\n`;
  writeOutput(question.output, drawn);
  return 0;
}
