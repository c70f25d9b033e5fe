// `moult collections FILE`: every collection of a run, with what it found.
import { collectionMoments } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { jsonText, shownLine } from '../printable.ts';
import { type CollectionTold, tellCollection } from '../questions/collections.ts';
import { momentOf } from '../questions/moment.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { Progress } from '../questions/progress.ts';
import { recordProgram } from '../questions/recorded.ts';
import { count } from '../figures.ts';

const MOST = 50;

export function collectionsCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'collections', [], {
    limit: { type: 'string' },
    generation: { type: 'string' },
  });
  const limit = question.more.limit === undefined ? MOST : Number(question.more.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new UsageError(`--limit ${question.more.limit}: give a whole number above 0`);
  const { generation } = question.more;
  if (generation !== undefined && !/^[012]$/.test(String(generation)))
    throw new UsageError(`--generation ${generation}: give 0, 1 or 2`);
  if (question.python.startsWith('3.14.0'))
    throw new UsageError('collections of 3.14.0 go step by step; they are not told yet');
  const recording = recordProgram(question);
  const until = question.at === null ? recording.length : momentOf(recording, question.at);
  const progress = new Progress('looking for collections');
  const percent = (done: number, of: number): void => progress.show(`${Math.round((100 * done) / of)} %`);
  const moments = collectionMoments(recording, percent).filter(
    (m) => m.at < until && (generation === undefined || m.generation === Number(generation)),
  );
  const told = moments.slice(0, limit).map((m, k) => {
    percent(k, Math.min(limit, moments.length));
    return tellCollection(recording, m);
  });
  progress.done();
  const left = moments.length - told.length;
  writeOutput(
    question.output,
    question.json
      ? jsonText({ schema: 'moult-collections/1', instructions: recording.length, collections: told, left })
      : textOf(told, left),
  );
  return 0;
}

const objects = (n: number): string => `${count(n)} object${n === 1 ? '' : 's'}`;

function textOf(told: readonly CollectionTold[], left: number): string {
  if (told.length === 0) return 'no collections\n';
  const lines = told.flatMap((c) => {
    const why =
      c.trigger === 'threshold'
        ? c.count > c.threshold
          ? `its count of ${count(c.count)} was over the threshold of ${count(c.threshold)}`
          : `its count passed the threshold of ${count(c.threshold)}`
        : 'gc.collect() asked for it';
    const where = c.line === null || c.line < 1 ? '' : ` at line ${c.line}`;
    const out = [
      `${c.number}  generation ${c.generation}${where} in ${c.function}, after ${count(c.at)} instructions: ${why}`,
      `   looked at ${objects(c.candidates)}: ${count(c.reachable)} reachable, ${count(c.unreachable)} not; freed ${count(c.freed)}`,
    ];
    if (c.finalizers > 0) out.push(`   finalizers to run: ${count(c.finalizers)}`);
    if (c.uncollectable > 0) out.push(`   could not be freed: ${count(c.uncollectable)}`);
    for (const { text, objects: n, times } of c.cycles) {
      const more = [n > 1 ? objects(n) : '', times > 1 ? `${count(times)} such cycles` : ''].filter((t) => t !== '');
      out.push(`   ${text}${more.length === 0 ? '' : `  (${more.join(', ')})`}`);
    }
    return out;
  });
  if (left > 0) lines.push(`${count(left)} more collections: --limit ${told.length + left} tells of them`);
  return `${lines.map(shownLine).join('\n')}\n`;
}
