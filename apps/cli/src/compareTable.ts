// `moult compare` as text: a table with a column for each run; what differs is marked.
import { policies } from '@moult/abi';
import { columnTitle } from './compareArguments.ts';
import type { Measured } from './measure.ts';
import { fit, printable } from './printable.ts';
import { count } from './figures.ts';

export interface Paint {
  readonly head: (text: string) => string;
  readonly quiet: (text: string) => string;
  /** Differs between the columns; marked by ≠ as well. */
  readonly changed: (text: string) => string;
}
export function paintOf(colour: boolean): Paint {
  const wrap = (on: string, off: string) => (text: string) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { head: wrap('1', '22'), quiet: wrap('2', '22'), changed: wrap('33', '39') };
}

const LABEL = 27;
const LINES_SHOWN = 20;
const NAMES_SHOWN = 30;
const BARS = '▁▂▃▄▅▆▇█';

function size(n: number): string {
  if (n < 10_240) return `${count(n)} B`;
  return n < 10 * 2 ** 20 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 2 ** 20).toFixed(1)} MiB`;
}

/** A row of bars, each the most of its part of the series; `most` is the highest bar's value. */
export function sparkline(values: readonly number[], width: number, most: number): string {
  const n = Math.min(width, values.length);
  const bars: string[] = [];
  for (let i = 0; i < n; i++) {
    const part = values.slice(Math.floor((i * values.length) / n), Math.floor(((i + 1) * values.length) / n));
    const level = most === 0 ? 0 : Math.max(...part) / most;
    bars.push(BARS[Math.min(BARS.length - 1, Math.floor(level * BARS.length))] as string);
  }
  return bars.join('');
}

export interface Difference {
  readonly stream: 'stdout' | 'stderr';
  /** From 1. */
  readonly line: number;
  /** What each column has there; null: it has written less. */
  readonly texts: readonly (string | null)[];
}
/** The lines that are not the same in all columns. */
export function outputDifferences(runs: readonly Measured[]): Difference[] {
  const differences: Difference[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = runs.map((run) => linesOf(run[stream]));
    const most = Math.max(...lines.map((l) => l.length));
    for (let i = 0; i < most; i++) {
      const texts = lines.map((l) => l[i] ?? null);
      if (texts.some((t) => t !== texts[0])) differences.push({ stream, line: i + 1, texts });
    }
  }
  return differences;
}
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export interface CountRow {
  readonly name: string;
  readonly type: string;
  readonly counts: readonly (number | null | undefined)[];
}
/** The names whose objects' counts differ; null: immortal, undefined: no such name. */
export function countDifferences(runs: readonly Measured[]): CountRow[] {
  const names = new Set(runs.flatMap((run) => [...run.counts.keys()]));
  return [...names]
    .map((name) => ({
      name,
      type: runs.find((run) => run.counts.has(name))?.counts.get(name)?.type ?? '?',
      counts: runs.map((run) => run.counts.get(name)?.count),
    }))
    .filter(({ counts }) => counts.some((c) => c !== counts[0]));
}

class Table {
  readonly lines: string[] = [];
  private readonly paint: Paint;
  private readonly width: number;

  constructor(paint: Paint, columns: number, screen: number) {
    this.paint = paint;
    this.width = Math.max(10, Math.min(34, Math.floor((screen - LABEL - 2) / columns) - 2));
  }
  get columnWidth(): number {
    return this.width;
  }
  section(title: string): void {
    this.lines.push('', this.paint.head(title));
  }
  note(text: string): void {
    this.lines.push(`  ${this.paint.quiet(text)}`);
  }
  /** `side`: numbers stand at the right of their column, text at the left. */
  row(label: string, cells: readonly string[], side: 'left' | 'right' = 'right', compared = true): void {
    const differs = compared && cells.some((c) => c !== cells[0]);
    const shown = cells.map((cell) => {
      const text = fit(cell, this.width);
      const room = ' '.repeat(this.width - [...text].length);
      return side === 'right' ? room + text : text + room;
    });
    const body = shown.join('  ');
    const head = `${differs ? '≠' : ' '} ${fit(label, LABEL - 1).padEnd(LABEL)}`;
    this.lines.push(`${head}${differs ? this.paint.changed(body) : body}`.trimEnd());
  }
}

export function compareText(file: string, runs: readonly Measured[], paint: Paint, screen: number): string {
  const table = new Table(paint, runs.length, screen);
  table.row(
    fit(printable(file), LABEL - 1),
    runs.map((r) => columnTitle(r.column)),
    'right',
    false,
  );
  table.lines[0] = paint.head(table.lines[0] as string);
  output(table, runs);
  counts(table, runs);
  table.section('Memory');
  table.row(
    'most bytes',
    runs.map((r) => size(r.memory.peakBytes)),
  );
  table.row(
    'most blocks',
    runs.map((r) => count(r.memory.peakBlocks)),
  );
  table.row(
    'blocks at the end',
    runs.map((r) => count(r.memory.blocks)),
  );
  table.row(
    'arenas at the end',
    runs.map((r) => count(r.memory.arenas)),
  );
  table.row(
    'arenas at most',
    runs.map((r) => count(r.memory.arenasAtMost)),
  );
  table.row(
    'bytes of an arena, a pool',
    runs.map((r) => `${size(r.memory.arenaSize)}, ${size(r.memory.poolSize)}`),
  );
  collector(table, runs);
  garbage(table, runs);
  unverified(table, runs);
  return `${table.lines.join('\n')}\n`;
}

function output(table: Table, runs: readonly Measured[]): void {
  table.section('Output');
  table.row(
    'exit code',
    runs.map((r) => (r.stopped === null ? String(r.exitCode) : `stopped: ${r.stopped}`)),
  );
  table.row(
    'lines written',
    runs.map((r) => count(linesOf(r.stdout).length + linesOf(r.stderr).length)),
  );
  const differences = outputDifferences(runs);
  for (const { stream, line, texts } of differences.slice(0, LINES_SHOWN)) {
    const label = stream === 'stdout' ? `line ${line}` : `line ${line} of stderr`;
    table.row(
      label,
      texts.map((t) => (t === null ? '(nothing)' : printable(t))),
      'left',
    );
  }
  const more = differences.length - LINES_SHOWN;
  if (more > 0) table.note(`and ${count(more)} more lines that differ; --json has them all`);
  if (differences.length === 0) table.note('the same under all');
}

function counts(table: Table, runs: readonly Measured[]): void {
  const rows = countDifferences(runs);
  table.section('Counts of the program’s names at its end');
  for (const { name, type, counts: cells } of rows.slice(0, NAMES_SHOWN)) {
    const texts = cells.map((c) => (c === undefined ? '-' : c === null ? 'immortal' : count(c)));
    table.row(`${printable(name)} (${type})`, texts);
  }
  if (rows.length > NAMES_SHOWN) table.note(`and ${count(rows.length - NAMES_SHOWN)} more that differ`);
  if (rows.length === 0) table.note('the same under all');
}

function collector(table: Table, runs: readonly Measured[]): void {
  table.section('Collector');
  table.row(
    'thresholds',
    runs.map((r) => thresholdsText(r)),
  );
  for (const g of [0, 1, 2] as const) {
    const work = runs.map((r) => r.collector.generations[g]!);
    const label = `generation ${g}`;
    table.row(
      `${label}: collections`,
      work.map((w) => count(w.collections)),
    );
    if (work.every((w) => w.visited === 0)) continue;
    table.row(
      '  objects visited',
      work.map((w) => count(w.visited)),
    );
    table.row(
      '  objects freed',
      work.map((w) => count(w.freed)),
    );
  }
  table.row(
    'longest collection',
    runs.map((r) => `${count(r.collector.longest)} objects`),
  );
  if (runs.some((r) => policies[r.column.python]?.collector.kind === 'incremental'))
    table.note('incremental collector: generation 1 is an increment, 2 a full collection');
}
function thresholdsText({ column, collector: { thresholds } }: Measured): string {
  if (column.collector.disable === true) return 'disabled';
  const shown = policies[column.python]?.collector.kind === 'incremental' ? thresholds.slice(0, 2) : thresholds;
  return shown.join(', ') + (column.collector.freeze === true ? ', frozen' : '');
}

function garbage(table: Table, runs: readonly Measured[]): void {
  table.section('Garbage alive: containers that nothing reaches and no collection has freed yet');
  const most = Math.max(...runs.flatMap((r) => r.series.map((s) => s.garbage)));
  table.row(
    'over the run',
    runs.map((r) =>
      sparkline(
        r.series.map((s) => s.garbage),
        table.columnWidth,
        most,
      ),
    ),
    'left',
    false,
  );
  table.row(
    'most, at a sample',
    runs.map((r) => count(Math.max(...r.series.map((s) => s.garbage)))),
  );
  table.row(
    'at the end',
    runs.map((r) => count(r.series.at(-1)?.garbage ?? 0)),
  );
  table.row(
    'reachable objects then',
    runs.map((r) => count(r.series.at(-1)?.live ?? 0)),
  );
}

function unverified(table: Table, runs: readonly Measured[]): void {
  const notes = new Map(runs.map((r) => [r.column.python, policies[r.column.python]?.unverified ?? []]));
  if ([...notes.values()].every((list) => list.length === 0)) return;
  table.section('Unverified: no one could measure it');
  for (const [python, list] of notes) for (const note of list) table.note(`${python}: ${note}`);
}
