// `moult leaks FILE`: what was made and not freed by the end of each call of a function, or between two moments.
import { birthsOf, type Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { jsonText } from '../printable.ts';
import { isLibrary, leaksAt } from '../questions/leaks/report.ts';
import { leaksText } from '../questions/leaks/text.ts';
import { momentOf } from '../questions/moment.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { Progress } from '../questions/progress.ts';
import { recordProgram } from '../questions/recorded.ts';

export function leaksCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'leaks', [], {
    calls: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  });
  if (question.at !== null) throw new UsageError('leaks takes --from and --to, not --at');
  const text = (name: string): string | null => (question.more[name] as string | undefined) ?? null;
  const calls = text('calls');
  const recording = recordProgram(question);
  const [from, to] = stretchOf(recording, text('from'), text('to'));
  const progress = new Progress('looking at what is made');
  const births = birthsOf(recording, from, to, {
    ...(calls === null ? {} : { calls }),
    isLibrary,
    progress: (moment, of) => {
      progress.show(`${Math.round((100 * (moment - from)) / Math.max(1, of - from))} %`);
      return true;
    },
  });
  progress.done();
  if (births.calls === 0) throw new UsageError(`--calls ${calls}: it was called at no time`);
  const report = leaksAt(recording, births, calls);
  writeOutput(
    question.output,
    question.json ? jsonText({ schema: 'moult-leaks/1', ...report }) : leaksText(report, recording.mainFile),
  );
  return 0;
}

function stretchOf(recording: Recording, from: string | null, to: string | null): [number, number] {
  const begin = from === null ? 0 : momentOf(recording, from, '--from');
  const end = to === null ? recording.length : momentOf(recording, to, '--to');
  if (end <= begin) throw new UsageError(`--to ${to ?? 'end'} is not after --from ${from ?? 'step:0'}`);
  return [begin, end];
}
