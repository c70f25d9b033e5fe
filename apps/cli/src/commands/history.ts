// `moult history OBJECT FILE`: an object's life, one line an event.
import { birthOf, type Life, lifeOf, type Telling, Words } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { jsonText, shownLine } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { addressesOf, addressOfSerial, askedOf } from '../questions/objects.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { Progress } from '../questions/progress.ts';
import { recordProgram } from '../questions/recorded.ts';
import { statementsOf } from '../questions/source.ts';

const MOST = 1000;

export function historyCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'history', ['OBJECT'], { by: { type: 'string' }, limit: { type: 'string' } });
  const name = askedOf(question);
  const by = question.more.by ?? 'line';
  if (by !== 'line' && by !== 'instruction') throw new UsageError(`--by ${by}: give line or instruction`);
  const most = question.more.limit === undefined ? MOST : Number(question.more.limit);
  if (!Number.isInteger(most) || most < 1)
    throw new UsageError(`--limit ${question.more.limit}: give a whole number above 0`);
  const recording = recordProgram(question);
  if (name.kind === 'serial' && question.at === null) {
    // whenever it lived
    if (name.serial > recording.serials.made || name.serial < 1) {
      throw new UsageError(
        `there is no object @${name.serial}: the program made ${recording.serials.made.toLocaleString('en-US')}`,
      );
    }
    recording.seek(birthOf(recording, name.serial));
  } else recording.seek(momentOf(recording, question.at ?? 'end'));
  const address = name.kind === 'serial' ? (addressOfSerial(recording, name.serial) ?? undefined) : undefined;
  const [first] = address === undefined ? addressesOf(recording, name) : [address];
  const progress = new Progress('looking at its life');
  const statement = statementsOf(recording);
  const life = lifeOf(recording, first as number, {
    by,
    most,
    statement,
    progress: (moment) => {
      progress.show(`${moment.toLocaleString('en-US')} of ${recording.length.toLocaleString('en-US')} instructions`);
      return true;
    },
  });
  progress.done();
  writeOutput(question.output, question.json ? jsonOf(life) : textOf(life));
  return 0;
}

function jsonOf(life: Life): string {
  const words = new Words();
  const events = life.events.map(({ at, telling }) => ({ at, ...telling, words: words.say(telling) }));
  const { serial, address, cut } = life;
  const object = words.thing(life.thing);
  return jsonText({ schema: 'moult-history/1', object, serial, address: `0x${address.toString(16)}`, cut, events });
}

function textOf(life: Life): string {
  const words = new Words();
  const made = life.serial === null ? ', made by start-up' : '';
  const lines = [`${words.thing(life.thing)} at 0x${life.address.toString(16)}${made}`];
  const width = Math.max(4, ...life.events.map((e) => e.at.toLocaleString('en-US').length));
  for (const { at, telling } of life.events) {
    lines.push(`  ${at.toLocaleString('en-US').padStart(width)}  ${eventText(words, telling)}`);
  }
  if (life.cut) lines.push(`  and more: --limit tells of them`);
  if (life.events.length === 0) lines.push('  nothing changed its count');
  return `${lines.map(shownLine).join('\n')}\n`;
}
/** Changes of a count in few words, with who holds it now or did; all else in a sentence. */
function eventText(words: Words, telling: Telling): string {
  if (telling.kind !== 'count') return words.say(telling);
  const { gained, lost, native } = telling;
  const who = [
    ...gained.map((h) => `+ ${words.holder(h)}`),
    ...lost.map((h) => `− ${words.holder(h)}`),
    ...(gained.length + lost.length === 0 && native !== undefined ? [`inside ${native}`] : []),
  ];
  return `${words.brief(telling.where, telling.before, telling.after)}${who.length === 0 ? '' : `  (${who.join(', ')})`}`;
}
