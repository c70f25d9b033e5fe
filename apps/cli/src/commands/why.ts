// `moult why OBJECT FILE`: who holds it, the shortest ways to it, and the sum that equals its count.
import { HeapGraph } from '@moult/graph';
import { Reader } from '@moult/inspect';
import { attach } from '@moult/live';
import { UsageError } from '../arguments.ts';
import { jsonText } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { addressesIn, addressesOf, askedOf, serialsOf } from '../questions/objects.ts';
import { parseQuestion, type Question } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { recordProgram } from '../questions/recorded.ts';
import { whyAlive, whyText } from '../questions/why.ts';

export function whyCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'why', ['OBJECT'], { stop: { type: 'boolean' } });
  const name = askedOf(question);
  if (question.process !== null) return whyOfProcess(question, question.process);
  const recording = recordProgram(question);
  const moment = momentOf(recording, question.at ?? 'end');
  recording.seek(moment);
  const reader = recording.reader();
  const addresses = addressesOf(recording, name);
  const heap = new HeapGraph(reader);
  const answers = addresses.map((address) => whyAlive(heap, address, serialsOf(recording)));
  const when = moment === recording.length ? 'at the end' : `after ${moment.toLocaleString('en-US')} instructions`;
  writeOutput(
    question.output,
    question.json
      ? jsonText({ schema: 'moult-why/1', moment, answers })
      : `${answers.map((answer) => whyText(answer, when)).join('\n')}`,
  );
  return 0;
}

function whyOfProcess(question: Question, pid: number): number {
  const name = askedOf(question);
  if (name.kind === 'serial' || name.kind === 'eval') {
    throw new UsageError(
      'serial numbers are those of a recorded run: name the object, give its 0xADDRESS, or type:NAME',
    );
  }
  const { target } = attach(pid, { stop: question.more.stop === true });
  const reader = new Reader(target);
  const addresses = addressesIn(reader, name);
  const heap = new HeapGraph(reader);
  const answers = addresses.map((address) => whyAlive(heap, address, () => null));
  writeOutput(
    question.output,
    question.json
      ? jsonText({ schema: 'moult-why/1', process: pid, answers })
      : answers.map((answer) => whyText(answer, `in process ${pid}`)).join('\n'),
  );
  return 0;
}
