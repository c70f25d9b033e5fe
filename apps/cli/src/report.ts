// `--report`: what the process looks like at its end.
import { collectorStats, histogram, Reader } from '@moult/inspect';
import { classStats, memoryUse, processView } from '@moult/runtime';
import { count, size } from './figures.ts';
import { targetOf } from './target.ts';

const TYPES_SHOWN = 20;

/** Lines for stderr, after the program has ended and before the interpreter is torn down. */
export function reportText(seconds: number, instructions: number): string {
  const target = targetOf(processView());
  const rows = histogram(target);
  const lines = ['', 'Live objects at the end'];
  for (const row of rows.slice(0, TYPES_SHOWN)) {
    lines.push(`  ${count(row.objects).padStart(10)}  ${size(row.bytes).padStart(10)}  ${row.type}`);
  }
  const rest = rows.slice(TYPES_SHOWN);
  if (rest.length > 0) {
    const objects = rest.reduce((n, r) => n + r.objects, 0);
    const bytes = rest.reduce((n, r) => n + r.bytes, 0);
    lines.push(`  ${count(objects).padStart(10)}  ${size(bytes).padStart(10)}  ${rest.length} more types`);
  }
  const all = rows.reduce((n, r) => n + r.objects, 0);
  lines.push(`  ${count(all).padStart(10)}  ${size(rows.reduce((n, r) => n + r.bytes, 0)).padStart(10)}  in all`);

  const use = memoryUse();
  const classes = classStats();
  const pools = classes.reduce((n, c) => n + c.pools, 0);
  const used = classes.reduce((n, c) => n + c.used, 0);
  const bytesUsed = classes.reduce((n, c) => n + c.used * c.size, 0);
  const bytesFree = classes.reduce((n, c) => n + c.free * c.size, 0);
  lines.push('', 'Memory');
  lines.push(`  ${count(used)} pymalloc blocks in use, ${size(bytesUsed)}; ${size(bytesFree)} free in the same pools`);
  lines.push(`  ${count(pools)} pools in use, in ${count(use.arenas)} arenas (${count(use.arenasHighwater)} at most)`);
  lines.push(`  ${count(use.rawBlocks)} blocks outside pymalloc, ${size(use.rawBytes)}`);
  lines.push(`  ${size(use.bytes)} in all, ${size(use.peakBytes)} at the peak`);

  lines.push('', 'Collector');
  for (const [i, g] of collectorStats(new Reader(target)).entries()) {
    const uncollectable = g.uncollectable === 0 ? '' : `, ${count(g.uncollectable)} uncollectable`;
    const times = g.collections === 1 ? 'once' : `${count(g.collections)} times`;
    lines.push(
      g.collections === 0
        ? `  generation ${i} was not collected (threshold ${count(g.threshold)})`
        : `  generation ${i} was collected ${times}: ${count(g.collected)} objects freed${uncollectable}`,
    );
  }
  const ran = instructions > 0 ? `, ${count(instructions)} instructions` : '';
  lines.push('', `Time: ${seconds.toFixed(3)} s${ran}`);
  return `${lines.join('\n')}\n`;
}
