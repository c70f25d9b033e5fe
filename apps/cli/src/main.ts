// The command line, as the bundle in dist/. bin/moult.mjs starts it in a worker.
import { UsageError } from './arguments.ts';
import { batchCommand } from './commands/batch.ts';
import { collectionsCommand } from './commands/collections.ts';
import { compareCommand } from './commands/compare.ts';
import { debugCommand } from './commands/debug.ts';
import { disCommand } from './commands/dis.ts';
import { drawCommand } from './commands/draw.ts';
import { heapCommand } from './commands/heap.ts';
import { historyCommand } from './commands/history.ts';
import { imageCommand } from './commands/image.ts';
import { labCommand } from './commands/lab.ts';
import { leaksCommand } from './commands/leaks.ts';
import { psCommand } from './commands/ps.ts';
import { recordCommand } from './commands/record.ts';
import { runCommand } from './commands/run.ts';
import { talkCommand } from './commands/talk.ts';
import { timelineCommand } from './commands/timeline.ts';
import { traceCommand } from './commands/trace.ts';
import { whyCommand } from './commands/why.ts';
import { Refusal } from '@moult/live';
import { asksHelp, helpOf, helpText } from './help.ts';
import { complain, writeAll } from './output.ts';
import { printable } from './printable.ts';
import { NotWritten } from './questions/output.ts';
import { NoProgram, NotBegun } from './questions/recorded.ts';
import { EXIT_RECORDING, recordingTrouble } from './recordings.ts';
import { isVerb, type VerbName } from './verbs.ts';
import { VERSION } from './version.ts';

const EXIT_USAGE = 2;
/** A process that cannot be read. */
const EXIT_REFUSED = 3;
const EXIT_INTERNAL = 70;

const COMMANDS: Readonly<Record<VerbName, (argv: readonly string[]) => number | Promise<number>>> = {
  lab: labCommand,
  run: runCommand,
  why: whyCommand,
  history: historyCommand,
  leaks: leaksCommand,
  collections: collectionsCommand,
  timeline: timelineCommand,
  trace: traceCommand,
  draw: drawCommand,
  debug: debugCommand,
  record: recordCommand,
  ps: psCommand,
  heap: heapCommand,
  compare: compareCommand,
  dis: disCommand,
  talk: talkCommand,
  batch: batchCommand,
  'make-images': imageCommand,
};

function dispatch(argv: readonly string[]): number | Promise<number> {
  const [command, ...rest] = argv;
  if (command === undefined) {
    writeAll(2, helpText());
    return EXIT_USAGE;
  }
  if (command === '--version' || command === '-V') {
    writeAll(1, `moult ${VERSION}\n`);
    return 0;
  }
  if (command === '--help' || command === '-h' || command === 'help') {
    const [verb] = rest;
    if (verb !== undefined && !isVerb(verb)) throw new UsageError(`there is no command ${verb}`);
    writeAll(1, verb === undefined ? helpText() : helpOf(verb));
    return 0;
  }
  if (!isVerb(command)) {
    throw new UsageError(
      command.endsWith('.py') ? `did you mean: moult run ${command}` : `there is no command ${command}`,
    );
  }
  if (asksHelp(command, rest)) {
    writeAll(1, helpOf(command));
    return 0;
  }
  return COMMANDS[command](rest);
}

const argv = process.argv.slice(2);

function fail(e: unknown): never {
  if (e instanceof UsageError) {
    const verb = isVerb(argv[0] ?? '') ? ` ${argv[0]}` : '';
    complain(`moult: ${printable(e.message)} (moult${verb} --help says more)`);
    process.exit(EXIT_USAGE);
  }
  if (e instanceof NoProgram || e instanceof NotWritten) {
    complain(`moult: ${printable(e.message)}`);
    process.exit(EXIT_USAGE);
  }
  if (e instanceof Refusal) {
    complain(`moult: ${printable(e.message)}`);
    if (e.help !== '') complain(`       ${printable(e.help)}`);
    process.exit(EXIT_REFUSED);
  }
  if (e instanceof NotBegun) {
    complain(`moult: ${e.message}`);
    process.exit(e.exitCode);
  }
  const trouble = recordingTrouble(e);
  if (trouble !== null) {
    complain(`moult: ${printable(trouble)}`);
    process.exit(EXIT_RECORDING);
  }
  complain(`moult: internal error, please report it: ${(e as Error)?.stack ?? e}`);
  process.exit(EXIT_INTERNAL);
}

try {
  const result = dispatch(argv);
  if (typeof result === 'number') process.exit(result);
  else result.then((code) => process.exit(code), fail);
} catch (e) {
  fail(e);
}
