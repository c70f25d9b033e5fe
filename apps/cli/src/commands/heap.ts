// `moult heap PID`: what is in a running CPython's heap: types by size, generations, arenas and pools.
import {
  arenas,
  collectorStats,
  type GenerationStats,
  histogram,
  Reader,
  sizeClasses,
  type TypeCount,
} from '@moult/inspect';
import { type Attached, attach } from '@moult/live';
import { parseArgs } from 'node:util';
import { UsageError } from '../arguments.ts';
import { count, size } from '../figures.ts';
import { processNumber } from '../live/target.ts';
import { fit, printable } from '../printable.ts';
import { writeOutput } from '../questions/output.ts';

const TYPES_SHOWN = 20;

interface HeapTold {
  readonly pid: number;
  readonly version: string;
  readonly command: readonly string[];
  /** Bytes. */
  readonly resident: number;
  readonly copied: { readonly bytes: number; readonly moment: string; readonly pauseMilliseconds: number };
  readonly types: readonly TypeCount[];
  readonly objects: number;
  readonly bytes: number;
  readonly generations: readonly GenerationStats[];
  /** pymalloc: bytes in blocks in use, free in used pools, in pools that hold none. */
  readonly allocator: {
    readonly arenas: number;
    readonly pools: number;
    readonly blocks: number;
    readonly used: number;
    readonly free: number;
    readonly freePools: number;
  };
}

export function heapCommand(argv: readonly string[]): number {
  const { pid, stop, json, limit } = parsed(argv);
  const told = heapOf(attach(pid, { stop }));
  writeOutput(null, json ? `${JSON.stringify(told, null, 2)}\n` : textOf(told, limit));
  return 0;
}

function parsed(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { json: { type: 'boolean' }, stop: { type: 'boolean' }, limit: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length !== 1) throw new UsageError('heap wants one process: moult heap PID (moult ps lists them)');
    const limit = Number(values.limit ?? TYPES_SHOWN);
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(`--limit ${values.limit}: give a whole number above 0`);
    return {
      pid: processNumber(positionals[0] as string),
      stop: values.stop === true,
      json: values.json === true,
      limit,
    };
  } catch (e) {
    if (e instanceof UsageError) throw e;
    throw new UsageError((e as Error).message.replace(/\.? To specify.*$/s, ''));
  }
}

function heapOf(attached: Attached): HeapTold {
  const { target, copy } = attached;
  const reader = new Reader(target);
  const types = histogram(target);
  const classes = sizeClasses(reader);
  const all = arenas(reader);
  return {
    pid: attached.pid,
    version: attached.version.text,
    command: attached.command,
    resident: attached.resident,
    copied: { bytes: copy.bytes, moment: copy.moment, pauseMilliseconds: copy.pause },
    types,
    objects: types.reduce((n, t) => n + t.objects, 0),
    bytes: types.reduce((n, t) => n + t.bytes, 0),
    generations: collectorStats(reader),
    allocator: {
      arenas: all.length,
      pools: classes.reduce((n, c) => n + c.pools, 0),
      blocks: classes.reduce((n, c) => n + c.blocksUsed, 0),
      used: classes.reduce((n, c) => n + c.blocksUsed * c.blockSize, 0),
      free: classes.reduce((n, c) => n + c.blocksFree * c.blockSize, 0),
      freePools: all.reduce((n, a) => n + a.freePools, 0),
    },
  };
}

const MOMENTS: Readonly<Record<string, string>> = {
  stopped: 'it stood still',
  quiet: 'without a stop; none of its threads ran meanwhile',
  running: 'while it ran: parts may be of different moments (--stop makes it stand still)',
};

function textOf(told: HeapTold, limit: number): string {
  const { copied, allocator } = told;
  const pause = copied.pauseMilliseconds > 0 ? ` for ${copied.pauseMilliseconds.toFixed(0)} ms` : '';
  const lines = [
    fit(`process ${told.pid}, CPython ${told.version}: ${told.command.join(' ')}`, 160),
    `${size(told.resident)} resident; ${size(copied.bytes)} copied, ${MOMENTS[copied.moment]}${pause}`,
    '',
    `${count(told.objects)} objects, ${size(told.bytes)}, by type`,
  ];
  for (const t of told.types.slice(0, limit)) {
    lines.push(`  ${count(t.objects).padStart(11)}  ${size(t.bytes).padStart(10)}  ${t.type}`);
  }
  const rest = told.types.slice(limit);
  if (rest.length > 0) {
    const objects = rest.reduce((n, t) => n + t.objects, 0);
    const bytes = rest.reduce((n, t) => n + t.bytes, 0);
    lines.push(`  ${count(objects).padStart(11)}  ${size(bytes).padStart(10)}  ${rest.length} more types (--limit)`);
  }
  lines.push('', 'collector');
  for (const [i, g] of told.generations.entries()) {
    const times = g.collections === 1 ? 'once' : `${count(g.collections)} times`;
    const kept = g.uncollectable === 0 ? '' : `, ${count(g.uncollectable)} uncollectable`;
    const what =
      g.collections === 0 ? 'not collected yet' : `collected ${times}, ${count(g.collected)} objects freed${kept}`;
    lines.push(`  generation ${i}: count ${count(g.count)} of ${count(g.threshold)}; ${what}`);
  }
  lines.push(
    '',
    'pymalloc',
    `  ${count(allocator.blocks)} blocks in use, ${size(allocator.used)}; ${size(allocator.free)} free in the same pools`,
    `  ${count(allocator.pools)} pools in use in ${count(allocator.arenas)} arenas, ${count(allocator.freePools)} pools free`,
  );
  return `${lines.map(printable).join('\n')}\n`;
}
