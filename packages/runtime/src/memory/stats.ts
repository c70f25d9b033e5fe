/** What pymalloc holds, counted; and the same as the text of sys._debugmallocstats(). */

import { i32, ptr } from './linear.ts';
import * as L from './layout.ts';
import { arenaObjects } from './account.ts';

export interface ClassStats {
  readonly size: number;
  pools: number;
  used: number;
  free: number;
}

/** Counts by size class, from the pools' headers; pools without a block in use belong to no class. */
export function classStats(): ClassStats[] {
  const classes = Array.from({ length: L.NB_SMALL_SIZE_CLASSES }, (_, i) => ({
    size: (i + 1) * L.ALIGNMENT,
    pools: 0,
    used: 0,
    free: 0,
  }));
  const poolSize = i32(L.POOL_SIZE_WORD);
  for (const ao of arenaObjects()) {
    const end = ptr(ao + L.ARENA_POOL_ADDRESS);
    for (let pool = ptr(ao + L.ARENA_ADDRESS); pool < end; pool += poolSize) {
      const count = i32(pool + L.POOL_COUNT);
      const c = classes[i32(pool + L.POOL_SZIDX)];
      if (count === 0 || c === undefined) continue;
      c.pools++;
      c.used += count;
      c.free += Math.floor((poolSize - L.POOL_OVERHEAD) / c.size) - count;
    }
  }
  return classes;
}

/** A label, padded to its column, and a number with its thousands. */
export function statsLine(label: string, value: number): string {
  return label.padEnd(35) + '=' + `${value}`.replace(/\B(?=(\d{3})+$)/g, ',').padStart(21) + '\n';
}

/** The part of _PyObject_DebugMallocStats that is about pymalloc. */
export function _PyObject_DebugMallocStats(): string {
  const poolSize = i32(L.POOL_SIZE_WORD);
  const arenaSize = i32(L.ARENA_SIZE_WORD);
  const arenas = arenaObjects();
  let out = `Small block threshold = ${L.SMALL_REQUEST_THRESHOLD}, in ${L.NB_SMALL_SIZE_CLASSES} size classes.\n`;
  out += '\nclass   size   num pools   blocks in use  avail blocks\n';
  out += '-----   ----   ---------   -------------  ------------\n';
  let used = 0;
  let free = 0;
  let headers = 0;
  let quantization = 0;
  for (const [i, c] of classStats().entries()) {
    if (c.pools === 0) continue;
    const cells = [`${i}`.padStart(5), `${c.size}`.padStart(6), `${c.pools}`.padStart(11)];
    out += [...cells, `${c.used}`.padStart(15), `${c.free}`.padStart(13)].join(' ') + '\n';
    used += c.used * c.size;
    free += c.free * c.size;
    headers += c.pools * L.POOL_OVERHEAD;
    quantization += c.pools * ((poolSize - L.POOL_OVERHEAD) % c.size);
  }
  const ever = i32(L.NTIMES_ARENA_ALLOCATED);
  const unused = arenas.reduce((n, ao) => n + i32(ao + L.ARENA_NFREEPOOLS), 0);
  out += '\n' + statsLine('# arenas allocated total', ever);
  out += statsLine('# arenas reclaimed', ever - arenas.length);
  out += statsLine('# arenas highwater mark', i32(L.NARENAS_HIGHWATER));
  out += statsLine('# arenas allocated current', arenas.length);
  out += statsLine(`${arenas.length} arenas * ${arenaSize} bytes/arena`, arenas.length * arenaSize);
  out += '\n' + statsLine('# bytes in allocated blocks', used);
  out += statsLine('# bytes in available blocks', free);
  out += statsLine(`${unused} unused pools * ${poolSize} bytes`, unused * poolSize);
  out += statsLine('# bytes lost to pool headers', headers);
  out += statsLine('# bytes lost to quantization', quantization);
  // Our arenas begin with a pool.
  out += statsLine('# bytes lost to arena alignment', 0);
  out += statsLine('Total', used + free + unused * poolSize + headers + quantization);
  if (i32(L.RADIX_TREE_WORD) === 0) return out;
  const mids = i32(L.ARENA_MAP_MID_COUNT);
  const bots = i32(L.ARENA_MAP_BOT_COUNT);
  out += '\narena map counts\n' + statsLine('# arena map mid nodes', mids) + statsLine('# arena map bot nodes', bots);
  out += '\n' + statsLine('# bytes lost to arena map root', L.MAP_MID_SIZE);
  out += statsLine('# bytes lost to arena map mid', mids * L.MAP_MID_SIZE);
  out += statsLine('# bytes lost to arena map bot', bots * L.MAP_BOT_SIZE);
  out += statsLine('Total', L.MAP_MID_SIZE + mids * L.MAP_MID_SIZE + bots * L.MAP_BOT_SIZE);
  return out;
}
