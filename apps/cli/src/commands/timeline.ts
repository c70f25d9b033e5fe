// `moult timeline FILE`: live objects, bytes, blocks, arenas and generations over a run, as a chart, SVG, CSV or JSON.
import { bytesText, type Mark, timeChart } from '@moult/picture';
import type { Recording } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { barChart } from '../chart.ts';
import { jsonText } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { parseQuestion } from '../questions/options.ts';
import { writeOutput } from '../questions/output.ts';
import { Progress } from '../questions/progress.ts';
import { recordProgram } from '../questions/recorded.ts';
import { sampleRun, SERIES, type TimeSample } from '../questions/timeline.ts';
import { count } from '../figures.ts';

type Series = (typeof SERIES)[number];
type Format = 'text' | 'svg' | 'csv' | 'json';

const WIDTH = 100;
const ROWS = 8;
const MOST_SAMPLES = 2000;

export function timelineCommand(argv: readonly string[]): number {
  const question = parseQuestion(argv, 'timeline', [], {
    of: { type: 'string' },
    samples: { type: 'string' },
    csv: { type: 'boolean' },
    svg: { type: 'boolean' },
  });
  const { more, output } = question;
  const of = String(more.of ?? 'bytes') as Series;
  if (!SERIES.includes(of)) throw new UsageError(`--of ${of}: give ${SERIES.join(', ')}`);
  const wide = Number(process.env.COLUMNS) || WIDTH;
  const samples = more.samples === undefined ? Math.max(20, Math.min(200, wide - 12)) : Number(more.samples);
  if (!Number.isInteger(samples) || samples < 2 || samples > MOST_SAMPLES) {
    throw new UsageError(`--samples ${more.samples}: give a number from 2 to ${MOST_SAMPLES}`);
  }
  const format = formatOf(question.json, more, output);
  const recording = recordProgram(question);
  const until = question.at === null ? recording.length : momentOf(recording, question.at);
  const progress = new Progress('looking at moments');
  const series = sampleRun(recording, until, samples, (done, all) => progress.show(`${done} of ${all}`));
  progress.done();
  writeOutput(output, TEXTS[format](recording, series, of));
  return 0;
}

function formatOf(json: boolean, more: Readonly<Record<string, unknown>>, output: string | null): Format {
  const asked = [json && 'json', more.csv && 'csv', more.svg && 'svg'].filter((f) => f !== false && f !== undefined);
  if (asked.length > 1) throw new UsageError('give one of --json, --csv and --svg');
  const byName = /\.(svg|csv|json)$/.exec(output ?? '')?.[1];
  return (asked[0] ?? byName ?? 'text') as Format;
}

const named = (of: Series, n: number): string => (of === 'bytes' ? bytesText(n) : count(n));
const TITLES: Readonly<Record<Series, string>> = {
  objects: 'Objects beyond those of start-up',
  blocks: 'Blocks in use beyond those of start-up',
  bytes: 'Bytes in use beyond those of start-up',
  arenas: 'Arenas beyond those of start-up',
};

const TEXTS: Readonly<Record<Format, (recording: Recording, series: readonly TimeSample[], of: Series) => string>> = {
  text(_, series, of) {
    const values = beyondStart(series, of);
    const most = Math.max(...values);
    const label = Math.max(8, named(of, most).length);
    const lines = [`${TITLES[of]} over ${count(lastOf(series))} instructions`, ''];
    barChart(values, ROWS).forEach((row, k) => {
      const left = k === 0 ? named(of, most) : k === ROWS - 1 ? '0' : '';
      lines.push(`${left.padStart(label)} ${row}`.trimEnd());
    });
    lines.push(`${''.padStart(label)} ${collectionRow(series)}`.trimEnd(), '');
    const columns = ['', 'start', 'least', 'most', 'end'];
    const rows = SERIES.map((name) => {
      const all = series.map((s) => s[name]);
      const shown = [all[0] as number, Math.min(...all), Math.max(...all), all.at(-1) as number];
      return [name, ...shown.map((n) => named(name, n))];
    });
    const generations = [0, 1, 2].map((g) => {
      const all = series.map((s) => s.generations[g] as number);
      const shown = [all[0] as number, Math.min(...all), Math.max(...all), all.at(-1) as number];
      return [`generation ${g}`, ...shown.map(count)];
    });
    for (const row of [columns, ...rows, ...generations]) {
      lines.push(
        row
          .map((cell, k) => (k === 0 ? cell.padEnd(14) : cell.padStart(12)))
          .join('')
          .trimEnd(),
      );
    }
    const [first, last] = [series[0] as TimeSample, series.at(-1) as TimeSample];
    const collections = last.collections.map((n, g) => n - (first.collections[g] as number));
    lines.push('', `Collections of generation 0, 1, 2: ${collections.join(', ')}`);
    return `${lines.join('\n')}\n`;
  },
  svg(_, series, of) {
    const marks: Mark[] = [];
    series.forEach((s, k) => {
      const before = series[k - 1];
      if (before === undefined || sum(s.collections) === sum(before.collections)) return;
      const n = sum(s.collections) - sum(before.collections);
      marks.push({ at: s.at, kind: 'collection', text: `${n} collection${n === 1 ? '' : 's'} up to here` });
    });
    const unit = of === 'bytes' ? 'bytes' : 'number';
    const [moments, values] = [series.map((s) => s.at), beyondStart(series, of)];
    const title = `${TITLES[of]} over ${count(lastOf(series))} instructions`;
    return `${timeChart({ title, label: TITLES[of], unit, moments, values, end: lastOf(series), marks, axis: 'Instruction' })}\n`;
  },
  csv(_, series) {
    const head =
      'instruction,objects,blocks,bytes,arenas,generation0,generation1,generation2,collections0,collections1,collections2';
    const rows = series.map((s) =>
      [s.at, s.objects, s.blocks, s.bytes, s.arenas, ...s.generations, ...s.collections].join(','),
    );
    return `${[head, ...rows].join('\n')}\n`;
  },
  json(recording, series) {
    return jsonText({ schema: 'moult-timeline/1', instructions: recording.length, samples: series });
  },
};

/** A program may give back what start-up took; that is 0 in a chart. */
function beyondStart(series: readonly TimeSample[], of: Series): number[] {
  const start = series[0]?.[of] ?? 0;
  return series.map((s) => Math.max(0, s[of] - start));
}

const lastOf = (series: readonly TimeSample[]): number => series.at(-1)?.at ?? 0;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A mark under each sample before which collections ran. */
function collectionRow(series: readonly TimeSample[]): string {
  const marks = series.map((s, k) => {
    const before = series[k - 1];
    if (before === undefined) return ' ';
    const oldest = [2, 1, 0].find((g) => s.collections[g] !== before.collections[g]);
    return oldest === undefined ? ' ' : String(oldest);
  });
  return marks.every((m) => m === ' ') ? '' : marks.join('');
}
