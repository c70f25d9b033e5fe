// `moult why OBJECT FILE`: who holds it, the shortest ways to it, and the sum that equals its count.
import { PyThreadState } from '@moult/abi';
import { HeapGraph } from '@moult/graph';
import { BadName, hex, parseObjectName, type Reader, threadsOf, typeName, walkName } from '@moult/inspect';
import { UsageError } from '../arguments.ts';
import { printable } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { recordProgram } from '../questions/recorded.ts';
import { whyAlive, whyText } from '../questions/why.ts';

/** Of a type's objects, so many are told of. */
const MOST_OBJECTS = 20;

export function whyCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'why', ['OBJECT']);
  const name = parseName(question.line.words[0] as string);
  const recording = recordProgram(question);
  const moment = momentOf(recording, question.at ?? 'end');
  recording.seek(moment);
  const reader = recording.reader();
  const [thread] = threadsOf(reader.target);
  const frame = thread === undefined ? 0 : reader.ptr(thread + PyThreadState.current_frame);
  const addresses = addressesOf(reader, name, frame);
  const heap = new HeapGraph(reader);
  const answers = addresses.map((address) => whyAlive(heap, address));
  const when = moment === recording.length ? 'at the end' : `after ${moment.toLocaleString('en-US')} instructions`;
  writeOutput(
    question.output,
    question.json
      ? `${JSON.stringify({ moment, answers }, null, 2)}\n`
      : `${answers.map((answer) => whyText(answer, when)).join('\n')}`,
  );
  return 0;
}

function parseName(text: string) {
  try {
    return parseObjectName(text);
  } catch (e) {
    if (e instanceof BadName) throw new UsageError(printable(e.message));
    throw e;
  }
}
function addressesOf(reader: Reader, name: ReturnType<typeof parseObjectName>, frame: number): number[] {
  switch (name.kind) {
    case 'path':
      try {
        return [walkName(reader, name, frame === 0 ? {} : { frame })];
      } catch (e) {
        if (e instanceof BadName) throw new UsageError(printable(e.message));
        throw e;
      }
    case 'address':
      if (reader.typeOrNull(name.address) === null) throw new UsageError(`there is no object at ${hex(name.address)}`);
      return [name.address];
    case 'type': {
      const heap = new HeapGraph(reader);
      const found: number[] = [];
      for (let node = 0; node < heap.graph.nodes && found.length < MOST_OBJECTS; node++) {
        const info = reader.typeOrNull(heap.addressOf(node));
        if (info !== null && typeName(info) === name.name) found.push(heap.addressOf(node));
      }
      if (found.length === 0) throw new UsageError(`there is no object of type ${name.name} at this moment`);
      return found;
    }
    case 'serial':
      throw new UsageError(`@${name.serial}: serial numbers are not implemented yet; name the object by a path`);
  }
}
