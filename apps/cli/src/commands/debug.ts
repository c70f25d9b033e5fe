// `moult debug FILE`: go through a program's run both ways.
import { isatty } from 'node:tty';
import { UsageError } from '../arguments.ts';
import { DebugSession } from '../debug/session.ts';
import { debugOnTerminal } from '../debug/terminal.ts';
import { print } from '../output.ts';
import { jsonText, printable } from '../printable.ts';
import { parseQuestion } from '../questions/options.ts';
import { recordProgram } from '../questions/recorded.ts';
import { linesOf } from '../questions/source.ts';
import { readAllInput } from './run.ts';

export function debugCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'debug');
  if (question.output !== null) throw new UsageError('debug answers on standard output');
  // its own standard input is the debugger's
  const recording = recordProgram(question, new Uint8Array(0));
  const session = new DebugSession(recording, linesOf(recording));
  const begin = question.at === null ? [] : [`g ${question.at}`];
  if (question.json) debugAsJson(session, begin);
  else if (isatty(0) && isatty(1)) {
    for (const line of begin) session.execute(line);
    debugOnTerminal(session);
  } else debugByLines(session, begin);
  return 0;
}

function commandsFrom(begin: readonly string[]): string[] {
  return [...begin, ...new TextDecoder().decode(readAllInput()).split('\n')].filter((line) => line.trim() !== '');
}

/** Without a terminal: commands from standard input, line by line, and what each says. */
function debugByLines(session: DebugSession, begin: readonly string[]): void {
  print(session.execute('l').trimEnd());
  for (const line of commandsFrom(begin)) {
    if (session.finished) return;
    print(`(moult) ${printable(line)}`);
    const said = session.execute(line);
    if (said !== '') print(said);
  }
}

/** The same for programs: a line of JSON for each command. */
function debugAsJson(session: DebugSession, begin: readonly string[]): void {
  for (const command of commandsFrom(begin)) {
    if (session.finished) return;
    const said = session.execute(command);
    const { moment, length, ended } = session.recording;
    const { file = null, line = null, function: name = null } = session.frame() ?? {};
    const where = { moment, of: length, ended, file, line, function: name };
    print(jsonText({ schema: 'moult-debug/1', command, said, ...where }).replaceAll(/\n */g, ''));
  }
}
