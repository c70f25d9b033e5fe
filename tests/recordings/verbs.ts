// Verbs of the command line, many in one process: a line of JSON with the words of each on standard input; what it wrote on
// standard output, then a line that says how it ended. Bundled with tracing.
import { readFileSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';
import { collectionsCommand } from '../../apps/cli/src/commands/collections.ts';
import { drawCommand } from '../../apps/cli/src/commands/draw.ts';
import { historyCommand } from '../../apps/cli/src/commands/history.ts';
import { imageCommand } from '../../apps/cli/src/commands/image.ts';
import { leaksCommand } from '../../apps/cli/src/commands/leaks.ts';
import { recordCommand } from '../../apps/cli/src/commands/record.ts';
import { timelineCommand } from '../../apps/cli/src/commands/timeline.ts';
import { traceCommand } from '../../apps/cli/src/commands/trace.ts';
import { whyCommand } from '../../apps/cli/src/commands/why.ts';
import { writeAll } from '../../apps/cli/src/output.ts';

const COMMANDS: Readonly<Record<string, (argv: readonly string[]) => number>> = {
  collections: collectionsCommand,
  draw: drawCommand,
  history: historyCommand,
  leaks: leaksCommand,
  'make-images': imageCommand,
  record: recordCommand,
  timeline: timelineCommand,
  trace: traceCommand,
  why: whyCommand,
};
const MARK = '\x1e';
const STACK_MB = 200;

function run(words: readonly string[]): string {
  const [verb = '', ...argv] = words;
  try {
    return `status ${COMMANDS[verb]?.(argv)}`;
  } catch (e) {
    return `${(e as Error).name}: ${(e as Error).message}`;
  }
}

if (isMainThread) new Worker(new URL(import.meta.url), { resourceLimits: { stackSizeMb: STACK_MB } });
else {
  for (const line of readFileSync(0, 'utf8').split('\n')) {
    if (line !== '') writeAll(1, `${MARK}${JSON.stringify(run(JSON.parse(line) as string[]))}\n`);
  }
}
