// How the tests run one program on the engine. The only place that knows how the engine is started.
import { Batch } from './batch.mjs';

export interface RunOptions {
  args?: readonly string[];
  stdin?: string;
  /** Recount every reference: as `moult run --audit` has it. */
  audit?: 'every' | 'exit' | 'sampled' | number | `${number}+${number}`;
  python?: string;
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

const batches = { plain: new Batch({ jobs: 2 }), traced: new Batch({ jobs: 2, trace: true }) };

export async function runProgram(file: string, options: RunOptions = {}): Promise<RunOutcome> {
  const traced = options.audit !== undefined && options.audit !== 'exit';
  const result = await (traced ? batches.traced : batches.plain).run(
    {
      file,
      args: options.args ?? [],
      stdin: options.stdin ?? '',
      ...(options.audit === undefined ? {} : { audit: String(options.audit) }),
      ...(options.python === undefined ? {} : { python: options.python }),
    },
    options.timeoutMs ?? 60_000,
  );
  return { ...result, ...splitVerdict(result.stderr) };
}

/** With an audit the last line of the error stream is `moult: audit: D differences, B blocks left`. */
function splitVerdict(text: string): Pick<RunOutcome, 'stderr' | 'leakedBlocks' | 'auditDifferences'> {
  const verdict = /(?:^|\n)moult: audit: (\d+) differences?, (?:(\d+) blocks? left|not finalized)\n$/.exec(text);
  if (verdict === null) return { stderr: text, leakedBlocks: null, auditDifferences: null };
  return {
    stderr: text.slice(0, verdict.index + (text[verdict.index] === '\n' ? 1 : 0)),
    leakedBlocks: verdict[2] === undefined ? null : Number(verdict[2]),
    auditDifferences: Number(verdict[1]),
  };
}
