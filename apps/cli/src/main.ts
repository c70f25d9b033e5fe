// The command line, as the bundle in dist/. bin/moult.mjs starts it in a worker.
import { UsageError } from './arguments.ts';
import { batchCommand } from './commands/batch.ts';
import { collectionsCommand } from './commands/collections.ts';
import { compareCommand } from './commands/compare.ts';
import { debugCommand } from './commands/debug.ts';
import { disCommand } from './commands/dis.ts';
import { drawCommand } from './commands/draw.ts';
import { historyCommand } from './commands/history.ts';
import { imageCommand } from './commands/image.ts';
import { runCommand } from './commands/run.ts';
import { talkCommand } from './commands/talk.ts';
import { HELP } from './help.ts';
import { complain, writeAll } from './output.ts';
import { NotWritten } from './questions/output.ts';
import { NoProgram } from './questions/recorded.ts';
import { timelineCommand } from './commands/timeline.ts';
import { whyCommand } from './commands/why.ts';
import { VERSION } from './version.ts';

const EXIT_USAGE = 2;
const EXIT_INTERNAL = 70;

function dispatch(argv: readonly string[]): number {
  const [command, ...rest] = argv;
  switch (command) {
    case 'run':
      return runCommand(rest);
    case 'compare':
      return compareCommand(rest);
    case 'dis':
      return disCommand(rest);
    case 'draw':
      return drawCommand(rest);
    case 'timeline':
      return timelineCommand(rest);
    case 'why':
      return whyCommand(rest);
    case 'debug':
      return debugCommand(rest);
    case 'collections':
      return collectionsCommand(rest);
    case 'history':
      return historyCommand(rest);
    case 'talk':
      return talkCommand(rest);
    case 'batch':
      return batchCommand();
    case 'make-images':
      return imageCommand(rest);
    case '--version':
    case '-V':
      writeAll(1, `moult ${VERSION}\n`);
      return 0;
    case '--help':
    case '-h':
    case 'help':
      writeAll(1, HELP);
      return 0;
    case undefined:
      writeAll(2, HELP);
      return EXIT_USAGE;
    default:
      throw new UsageError(
        command.endsWith('.py') ? `did you mean: moult run ${command}` : `there is no command ${command}`,
      );
  }
}

try {
  process.exit(dispatch(process.argv.slice(2)));
} catch (e) {
  if (e instanceof UsageError) {
    complain(`moult: ${e.message} (moult --help says more)`);
    process.exit(EXIT_USAGE);
  }
  if (e instanceof NoProgram || e instanceof NotWritten) {
    complain(`moult: ${e.message}`);
    process.exit(EXIT_USAGE);
  }
  complain(`moult: internal error, please report it: ${(e as Error)?.stack ?? e}`);
  process.exit(EXIT_INTERNAL);
}
