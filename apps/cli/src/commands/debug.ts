// `moult debug FILE`: go through a program's run both ways.
import { isatty } from 'node:tty';
import { UsageError } from '../arguments.ts';
import { DebugSession } from '../debug/session.ts';
import { debugOnTerminal } from '../debug/terminal.ts';
import { print } from '../output.ts';
import { printable } from '../printable.ts';
import { parseQuestion } from '../questions/options.ts';
import { recordProgram } from '../questions/recorded.ts';
import { linesOf } from '../questions/source.ts';
import { readAllInput } from './run.ts';

export function debugCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'debug');
  if (question.json || question.output !== null) throw new UsageError('debug answers in text, on standard output');
  // its own standard input is the debugger's
  const recording = recordProgram(question, new Uint8Array(0));
  const session = new DebugSession(recording, linesOf(recording));
  if (isatty(0) && isatty(1)) debugOnTerminal(session);
  else debugByLines(session);
  return 0;
}

/** Without a terminal: commands from standard input, line by line, and what each says. */
function debugByLines(session: DebugSession): void {
  print(session.execute('l').trimEnd());
  for (const line of new TextDecoder().decode(readAllInput()).split('\n')) {
    if (session.finished || line.trim() === '') continue;
    print(`(moult) ${printable(line)}`);
    const said = session.execute(line);
    if (said !== '') print(said);
  }
}
