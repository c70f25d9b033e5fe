/** Where pymalloc's bytes are: the figures of sys._debugmallocstats(), which add up to the arenas. */
import { POOL_OVERHEAD } from '@moult/abi';
import { type Arena, arenaSizeOf, arenas, type Pool, poolSizeOf, poolsOf, type Reader } from '@moult/inspect';

export interface LedgerRow {
  readonly key: 'allocated' | 'available' | 'unused' | 'headers' | 'tails' | 'alignment';
  readonly label: string;
  readonly bytes: number;
}
export interface ClassRow {
  readonly sizeClass: number;
  readonly blockSize: number;
  readonly pools: number;
  readonly used: number;
  readonly free: number;
}
export interface Ledger {
  readonly rows: readonly LedgerRow[];
  readonly total: number;
  readonly arenas: readonly Arena[];
  readonly pools: readonly Pool[];
  readonly classes: readonly ClassRow[];
  readonly poolSize: number;
  readonly arenaSize: number;
}

export function ledgerOf(reader: Reader): Ledger {
  const poolSize = poolSizeOf(reader);
  const arenaSize = arenaSizeOf(reader);
  const all = arenas(reader);
  const pools = all.flatMap((arena) => poolsOf(reader, arena));
  const sums = { allocated: 0, available: 0, unused: 0, headers: 0, tails: 0, alignment: 0 };
  const classes = new Map<number, { pools: number; used: number; free: number; blockSize: number }>();
  for (const arena of all) {
    sums.unused += arena.freePools * poolSize;
    sums.alignment += arenaSize - arena.totalPools * poolSize;
  }
  for (const pool of pools) {
    if (pool.state === 'empty') continue;
    sums.allocated += pool.count * pool.blockSize;
    sums.available += (pool.capacity - pool.count) * pool.blockSize;
    sums.headers += POOL_OVERHEAD;
    sums.tails += poolSize - POOL_OVERHEAD - pool.capacity * pool.blockSize;
    const row = classes.get(pool.sizeClass) ?? { pools: 0, used: 0, free: 0, blockSize: pool.blockSize };
    row.pools++;
    row.used += pool.count;
    row.free += pool.capacity - pool.count;
    classes.set(pool.sizeClass, row);
  }
  const rows: LedgerRow[] = [
    { key: 'allocated', label: 'In allocated blocks', bytes: sums.allocated },
    { key: 'available', label: 'In free blocks', bytes: sums.available },
    { key: 'unused', label: 'In unused pools', bytes: sums.unused },
    { key: 'headers', label: 'Pool headers', bytes: sums.headers },
    { key: 'tails', label: 'Tails of pools', bytes: sums.tails },
  ];
  if (sums.alignment > 0) rows.push({ key: 'alignment', label: 'Lost to alignment', bytes: sums.alignment });
  return {
    rows,
    total: all.length * arenaSize,
    arenas: all,
    pools,
    classes: [...classes].sort((a, b) => a[0] - b[0]).map(([sizeClass, row]) => ({ sizeClass, ...row })),
    poolSize,
    arenaSize,
  };
}
