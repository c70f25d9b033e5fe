// `moult compare`: one program under the memory rules of several versions, side by side.
import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { parentPort } from 'node:worker_threads';
import { policies } from '@moult/abi';
import { ProgramNotFound } from '@moult/runtime';
import { type CompareArguments, columnTitle, parseCompareArguments } from '../compareArguments.ts';
import { compareText, countDifferences, outputDifferences, paintOf } from '../compareTable.ts';
import { type Measured, measure } from '../measure.ts';
import { complain, writeAll } from '../output.ts';
import { jsonText, printable } from '../printable.ts';
import { EXIT_LIMIT, EXIT_NO_FILE, GRACE_MS, hashSeedOf, notFound, readAllInput } from './run.ts';

const PROGRESS_MS = 250;
const NARROW = 100;

export function compareCommand(argv: readonly string[]): number {
  const wanted = parseCompareArguments(argv);
  if (!existsSync(wanted.file)) {
    complain(`moult: can't open file '${printable(wanted.file)}': no such file`);
    return EXIT_NO_FILE;
  }
  let runs: Measured[];
  try {
    runs = runAll(wanted);
  } catch (e) {
    if (!(e instanceof ProgramNotFound)) throw e;
    complain(`moult: ${printable(notFound({ kind: 'file' }, e.program))}`);
    return EXIT_NO_FILE;
  }
  if (wanted.json) writeAll(1, jsonText(reportOf(wanted, runs)));
  else {
    const colour = isatty(1) && process.env.NO_COLOR === undefined;
    const screen = Number(process.env.COLUMNS) || Math.max(NARROW, LABELS + runs.length * COLUMN);
    writeAll(1, compareText(wanted.file, runs, paintOf(colour), screen));
  }
  return runs.some((run) => run.stopped !== null) ? EXIT_LIMIT : 0;
}
const LABELS = 30;
const COLUMN = 22;

function runAll(wanted: CompareArguments): Measured[] {
  const stdin = isatty(0) ? new Uint8Array(0) : readAllInput();
  const cwd = process.cwd();
  const shows = isatty(2) && !wanted.json;
  if (wanted.timeout !== undefined) {
    const seconds = wanted.timeout * wanted.columns.length;
    parentPort?.postMessage({ killAfter: seconds * 1000 + GRACE_MS, seconds });
  }
  const runs = wanted.columns.map((column, i) => {
    const title = `${i + 1} of ${wanted.columns.length}: Python ${columnTitle(column)}`;
    let told = 0;
    return measure(column, {
      program: { kind: 'file', path: wanted.file },
      args: wanted.args,
      stdin,
      env: process.env as Record<string, string>,
      cwd,
      hashSeed: hashSeedOf(process.env),
      limits: wanted.limits,
      progress(instructions) {
        if (!shows || performance.now() - told < PROGRESS_MS) return;
        told = performance.now();
        writeAll(2, `\r\u001b[K${title}, ${instructions.toLocaleString('en-US')} instructions`);
      },
    });
  });
  if (shows) writeAll(2, '\r\u001b[K');
  return runs;
}

/** The report of --json: docs/policies.md says what each field means. */
function reportOf(wanted: CompareArguments, runs: readonly Measured[]): object {
  return {
    schema: 'moult-compare/1',
    program: wanted.file,
    columns: runs.map((run) => ({
      title: columnTitle(run.column),
      python: run.column.python,
      recorded: policies[run.column.python]?.recorded ?? null,
      unverified: policies[run.column.python]?.unverified ?? [],
      settings: run.column.collector,
      exitCode: run.exitCode,
      stopped: run.stopped,
      stdout: run.stdout,
      stderr: run.stderr,
      instructions: run.instructions,
      memory: run.memory,
      collector: run.collector,
      series: run.series,
      counts: Object.fromEntries(run.counts),
    })),
    differences: { output: outputDifferences(runs), counts: countDifferences(runs) },
  };
}
