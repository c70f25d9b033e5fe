// `moult why OBJECT FILE`: who holds it, the shortest ways to it, and the sum that equals its count.
import { HeapGraph } from '@moult/graph';
import { jsonText } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { addressesOf, askedOf, serialsOf } from '../questions/objects.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { recordProgram } from '../questions/recorded.ts';
import { whyAlive, whyText } from '../questions/why.ts';

export function whyCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'why', ['OBJECT']);
  const name = askedOf(question);
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
    question.json ? jsonText({ moment, answers }) : `${answers.map((answer) => whyText(answer, when)).join('\n')}`,
  );
  return 0;
}
