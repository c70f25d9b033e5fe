// `moult draw FILE --at MOMENT -o picture.svg`: the stack and the heap at a moment, as the page draws them.
import { PyThreadState } from '@moult/abi';
import { threadsOf } from '@moult/inspect';
import { picture, sceneOf, type Theme } from '@moult/picture';
import { UsageError } from '../arguments.ts';
import { parseQuestion } from '../questions/options.ts';
import { serialsOf } from '../questions/objects.ts';
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
  recording.seek(at);
  const reader = recording.reader();
  const [thread] = threadsOf(reader.target);
  const frame = thread === undefined ? 0 : reader.ptr(thread + PyThreadState.current_frame);
  const scene = sceneOf(reader, {
    level,
    frame,
    serialOf: serialsOf(recording),
    title: `Stack and heap after ${at} instructions`,
  });
  writeOutput(question.output, `${picture(scene, { theme: theme as Theme })}\n`);
  return 0;
}
