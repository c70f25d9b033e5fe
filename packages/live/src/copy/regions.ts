// Which parts of a process are worth copying: what it can write, and what it was loaded from that holds data. Pages that were
// never touched are left out where the system tells (/proc/PID/pagemap).
import { closeSync, openSync, readSync } from 'node:fs';
import type { Mapping } from '../proc/maps.ts';
import type { Region } from './pagedMemory.ts';

const PAGE = 4096;
/** Gaps of absent pages below this are copied along: one read costs more than they do. */
const GAP = 65_536;
/** Mappings below this are taken whole. */
const SMALL = 65_536;

/** Whether a mapping may hold objects, or tables that lead to them. */
export function isData(map: Mapping): boolean {
  const { permissions, path } = map;
  if (permissions[0] !== 'r' || permissions[3] === 's') return false;
  if (/^\[(vvar|vsyscall|vdso)/.test(path) || path.startsWith('/dev/')) return false;
  if (!path.startsWith('/')) return true;
  // of files: the data of programs and libraries, not mapped data files, nor code
  return permissions[1] === 'w' || (permissions[2] !== 'x' && /\.so|python/.test(path));
}

/** The parts to copy, by address; none reaches over two mappings (between them there may be a hole). */
export function regionsOf(pid: number, maps: readonly Mapping[]): Region[] {
  const present = openPagemap(pid);
  const out: Region[] = [];
  try {
    for (const map of maps) {
      if (!isData(map)) continue;
      if (present === null || map.path.startsWith('/') || map.end - map.start < SMALL) out.push(map);
      else out.push(...presentParts(present, map));
    }
  } finally {
    if (present !== null) closeSync(present);
  }
  return out;
}

function openPagemap(pid: number): number | null {
  try {
    return openSync(`/proc/${pid}/pagemap`, 'r');
  } catch {
    return null;
  }
}

/** Eight bytes a page: bit 63 present, bit 62 swapped out. */
function presentParts(pagemap: number, map: Mapping): Region[] {
  const { start, end, path } = map;
  const pages = (end - start) / PAGE;
  const table = new Uint8Array(pages * 8);
  for (let done = 0; done < table.length; ) {
    const n = readSync(pagemap, table, done, table.length - done, (start / PAGE) * 8 + done);
    if (n === 0) return [map];
    done += n;
  }
  const out: { start: number; end: number; path: string }[] = [];
  for (let i = 0; i < pages; i++) {
    if (((table[i * 8 + 7] as number) & 0xc0) === 0) continue;
    const at = start + i * PAGE;
    const last = out[out.length - 1];
    if (last !== undefined && at - last.end < GAP) last.end = at + PAGE;
    else out.push({ start: at, end: at + PAGE, path });
  }
  return out;
}
