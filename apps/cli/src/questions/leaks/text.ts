// The answer of `moult leaks` as lines of text: what grows first.
import { relative } from 'node:path';
import { bytesText } from '@moult/picture';
import type { Line } from '@moult/recorder';
import { shownLine } from '../../printable.ts';
import type { GarbageTold, GroupTold, GrowingTold, LeakReport, Purpose } from './report.ts';
import { count } from '../../figures.ts';

const GROUPS_SHOWN = 6;
const STILL_SHOWN = 8;
const LEAST_TOLD = 0.05;

const PURPOSES: Readonly<Record<Purpose, string>> = {
  loading: 'modules of the library, and what loading them made',
  definitions: 'functions, classes and their code',
  interned: 'interned strings, immortal since Python 3.12',
  library: 'held by the interpreter and the library: their caches',
};

/** What is not the same each time is told to a tenth. */
const about = (n: number, steady: boolean): string => (steady ? count(n) : `about ${Number(n.toFixed(1))}`);
const objects = (n: number): string => `${count(n)} object${n === 1 ? '' : 's'}`;
const times = (n: number, what: string): string => `${count(n)} ${what}${n === 1 ? '' : 's'}`;

export function leaksText(report: LeakReport, mainFile: string): string {
  const { growing, garbage } = report;
  const lines = [...headLines(report)];
  const text = new Text(report, mainFile);
  if (growing.length === 0 && garbage === null) lines.push('', verdict(report));
  if (growing.length > 0) lines.push('', 'Growing', ...growing.flatMap((g, k) => text.growing(g, k + 1)));
  if (garbage !== null) lines.push('', 'Waiting for the collector', ...text.garbage(garbage));
  lines.push(...text.still(), ...text.onPurpose());
  return `${lines.map(shownLine).join('\n')}\n`;
}

function headLines({ calls, made, kept, bytes, function: name }: LeakReport): string[] {
  const left = kept === 0 ? 'none is left' : `${count(kept)} ${kept === 1 ? 'is' : 'are'} left, ${bytesText(bytes)}`;
  if (calls === null) return [`${objects(made)} made, ${left}`];
  return [`${times(calls, 'call')} of ${name} made ${objects(made)}, ${left} after the last one`];
}
function verdict({ calls, kept }: LeakReport): string {
  if (kept === 0) return 'Nothing was left behind.';
  if (calls === 1) return 'One call cannot show what grows: what it left is below.';
  return calls === null ? 'Nothing grows.' : 'Nothing grows from call to call.';
}

class Text {
  private readonly report: LeakReport;
  private readonly mainFile: string;

  constructor(report: LeakReport, mainFile: string) {
    this.report = report;
    this.mainFile = mainFile;
  }

  growing(g: GrowingTold, number: number): string[] {
    const name = g.keeper?.way || g.keeper?.object || g.ways[0] || 'several holders';
    const size = bytesText(g.bytes);
    const { calls } = this.report;
    const grew =
      g.eachCall === null || calls === null
        ? `${objects(g.kept)}, ${size}`
        : `${about(g.eachCall, g.steady)} object${g.eachCall === 1 ? '' : 's'} each call: ${count(g.kept)} in ${times(calls, 'call')}, ${size}`;
    const out = [`${number}  ${name} grew by ${grew}`];
    out.push(...g.groups.slice(0, GROUPS_SHOWN).map((group) => `     ${this.group(group, true)}`));
    if (g.groups.length > GROUPS_SHOWN) out.push(`     and ${times(g.groups.length - GROUPS_SHOWN, 'more place')}`);
    const [first] = g.ways;
    if (first !== undefined && (g.ways.length > 1 || g.keeper !== null)) {
      const more = g.held > 1 ? `, and ${count(g.held - 1)} more` : '';
      out.push(`   held as ${g.ways.slice(0, 3).join(' and ')}${more}`);
    }
    out.push(`   ${this.cure(g)}`);
    return out;
  }
  private cure(g: GrowingTold): string {
    const { keeper } = g;
    const then = g.cyclic ? 'only the collector frees them: they hold each other' : 'they are freed';
    if (keeper !== null) {
      return `All ways lead through ${keeper.object}: where it lets go, ${then}.`;
    }
    if (g.ways.length > 1) return `${g.ways.length} ways lead to each: where all let go, ${then}.`;
    return `Where ${g.ways[0] ?? 'its holder'} is let go, ${then}.`;
  }

  garbage(g: GarbageTold): string[] {
    const out = [`   ${objects(g.kept)}, ${bytesText(g.bytes)}: no name leads to them, they hold each other`];
    for (const { text, objects: n, times: same } of g.cycles) {
      const more = [n > 1 ? objects(n) : '', same > 1 ? `${count(same)} such cycles` : ''].filter((t) => t !== '');
      out.push(`     ${text}${more.length === 0 ? '' : `  (${more.join(', ')})`}`);
    }
    out.push(...g.groups.slice(0, GROUPS_SHOWN).map((group) => `     ${this.group(group, true)}`));
    if (g.groups.length > GROUPS_SHOWN) out.push(`     and ${times(g.groups.length - GROUPS_SHOWN, 'more place')}`);
    const { enabled, count: n, threshold } = g.collector;
    out.push(
      !enabled || threshold === 0
        ? '   The collector is off: only gc.collect() frees them.'
        : `   The next collection frees them: its count is ${count(n)} of ${count(threshold)}.`,
      '   Without one reference of its cycle, each would have been freed at once.',
    );
    return out;
  }

  still(): string[] {
    const { still } = this.report;
    if (still.length === 0) return [];
    const shown = still.slice(0, STILL_SHOWN);
    const out = ['', 'Kept, not growing'];
    for (const group of shown) {
      const way = group.way === null || group.way === '' ? '' : `: ${group.way}`;
      out.push(`   ${bytesText(group.bytes).padStart(9)}  ${this.group(group, false)}${way}`);
    }
    const left = still.slice(shown.length);
    if (left.length > 0) {
      const bytes = left.reduce((n, group) => n + group.bytes, 0);
      const kept = left.reduce((n, group) => n + group.kept, 0);
      out.push(`   ${bytesText(bytes).padStart(9)}  ${count(kept)} more, of ${times(left.length, 'place')}`);
    }
    return out;
  }
  onPurpose(): string[] {
    const { onPurpose } = this.report;
    if (onPurpose.length === 0) return [];
    return [
      '',
      'Kept on purpose',
      ...onPurpose.map(
        ({ purpose, kept, bytes }) =>
          `   ${bytesText(bytes).padStart(9)}  ${count(kept).padStart(5)} ${PURPOSES[purpose]}`,
      ),
    ];
  }

  /** "40 list made at line 12 in handle, 1 each call". */
  private group(group: GroupTold, grows: boolean): string {
    const { caller, kept, type, periods, each, steady } = group;
    const at = `${count(kept)} ${type} made at ${this.place(group)}`;
    const by = caller === null ? '' : `, for ${this.place(caller)}`;
    if (!grows || kept < 2 || periods < 2 || each < LEAST_TOLD) return `${at}${by}`;
    const what = this.report.calls === null ? `of the ${count(periods)} times` : 'call';
    return `${at}${by}, ${about(each, steady)} each ${what}`;
  }
  private place({ file, line, function: name }: Line): string {
    const where = name === '<module>' || name === '' ? '' : ` in ${name}`;
    if (file === this.mainFile) return `line ${line ?? '?'}${where}`;
    const inside = relative(process.cwd(), file);
    const short = inside.startsWith('..') ? file : inside;
    return `${short}:${line ?? '?'}${where}`;
  }
}
