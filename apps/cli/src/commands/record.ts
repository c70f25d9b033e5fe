// `moult record -o run.moult FILE`: runs a program with Python's streams and writes its run to a file, which all verbs read.
import type { InputSummary, Written } from '@moult/recorder';
import { writeRecording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { complain } from '../output.ts';
import { jsonText, printable } from '../printable.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput, writeParts } from '../questions/output.ts';
import { endedBy, recordRun } from '../questions/recorded.ts';
import { codec, identity, isRecordingFile } from '../recordings.ts';
import { EXIT_LIMIT } from './run.ts';

export function recordCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'record', [], { 'omit-inputs': { type: 'boolean' } });
  const { output, line, json, more } = question;
  if (output === null || output === '-')
    throw new UsageError('record needs a file to write: moult record -o run.moult FILE');
  if (question.at !== null) throw new UsageError('record keeps the whole run: --at is for the verbs that look at it');
  if (more.rerun === true || (line.program.kind === 'file' && isRecordingFile(line.program.path)))
    throw new UsageError('record runs a program: a recording is one already');
  const recording = recordRun(question, { shown: !json });
  const written = writeParts(output, (write) =>
    writeRecording(recording, write, { codec, identity, omitInputs: more['omit-inputs'] === true }),
  );
  const ended = endedBy(recording);
  const about = {
    schema: 'moult-record/1',
    file: output,
    bytes: written.bytes,
    instructions: recording.length,
    states: written.checkpoints,
    exitCode: recording.end.exitCode,
    ended,
    inputs: written.inputs,
  };
  if (json) writeOutput(null, jsonText(about));
  else complain(textOf(output, recording.length, ended, written).map(printable).join('\n'));
  return recording.stop.reason === 'limit' ? EXIT_LIMIT : recording.end.exitCode;
}

const count = (n: number): string => n.toLocaleString('en-US');

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function textOf(
  path: string,
  instructions: number,
  ended: string | null,
  { bytes, checkpoints, inputs }: Written,
): string[] {
  const lines = [
    ...(ended === null ? [] : [`moult: ${ended}; the history goes up to there`]),
    `moult: ${path}: ${count(instructions)} instructions, ${count(checkpoints)} state${checkpoints === 1 ? '' : 's'}, ${sizeText(bytes)}`,
  ];
  if (inputs.length === 0) return lines;
  const width = Math.max(...inputs.map(({ kind }) => kind.length));
  lines.push('moult: it holds what the program was given:', ...inputs.map((input) => `  ${inputText(input, width)}`));
  if (inputs.some(({ omitted }) => !omitted)) lines.push('  --omit-inputs leaves out all of it but imports');
  return lines;
}
function inputText({ kind, count: n, bytes, omitted }: InputSummary, width: number): string {
  const what =
    kind === 'environment' ? `${count(n)} variable${n === 1 ? '' : 's'}` : `${count(n)} request${n === 1 ? '' : 's'}`;
  return `${kind.padEnd(width)}  ${what.padStart(15)}  ${omitted ? 'left out' : sizeText(bytes)}`;
}
