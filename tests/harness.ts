// How the tests run one program on the engine. The only place that knows how the engine is started.
import { CLI, runCommand } from './corpus.mjs';

export interface RunOptions {
  args?: readonly string[];
  stdin?: string;
  /** Recount every reference: after every instruction, after every N-th, or only at the end. */
  audit?: 'every' | 'exit' | number;
  python?: '3.8' | '3.13';
  timeoutMs?: number;
}

export interface RunOutcome {
  stdout: string;
  stderr: string;
  exitCode: number;
  timedOut: boolean;
  /** Blocks that are neither static nor freed after finalization; null where the engine was not asked. */
  leakedBlocks: number | null;
  /** Objects whose count was not the references found; null where the engine was not asked. */
  auditDifferences: number | null;
}

export async function runProgram(file: string, options: RunOptions = {}): Promise<RunOutcome> {
  const command = [process.execPath, CLI, 'run'];
  if (options.python !== undefined) command.push('--python', options.python);
  const audited = options.audit !== undefined;
  if (audited) command.push('--audit', String(options.audit));
  const result = await runCommand(command, file, {
    args: options.args ?? [],
    stdin: options.stdin ?? '',
    timeoutMs: options.timeoutMs ?? 60_000,
  });
  // With --audit the last line of the error stream is `moult: audit: D differences, B blocks left`.
  const verdict = /(?:^|\n)moult: audit: (\d+) differences?, (\d+) blocks? left\n$/.exec(result.stderr);
  return {
    stdout: result.stdout,
    stderr: verdict
      ? result.stderr.slice(0, verdict.index + (result.stderr[verdict.index] === '\n' ? 1 : 0))
      : result.stderr,
    exitCode: result.exitCode,
    timedOut: result.timedOut,
    leakedBlocks: verdict ? Number(verdict[2]) : null,
    auditDifferences: verdict ? Number(verdict[1]) : null,
  };
}
