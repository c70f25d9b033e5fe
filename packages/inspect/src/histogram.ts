// Live objects by type: how many, and how many bytes sys.getsizeof() would give for them.
import { countAll } from './reach.ts';
import { Reader } from './reader.ts';
import { sizeOf } from './size.ts';
import type { Target } from './target.ts';

export interface TypeCount {
  readonly type: string;
  readonly objects: number;
  readonly bytes: number;
}

/** Every object that can be reached or is tracked, most bytes first. */
export function histogram(target: Target): TypeCount[] {
  const reader = new Reader(target);
  const { counter } = countAll(reader);
  const rows = new Map<string, { objects: number; bytes: number }>();
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    const info = reader.typeOrNull(object);
    if (info === null) continue;
    const row = rows.get(info.name) ?? { objects: 0, bytes: 0 };
    row.objects++;
    row.bytes += sizeOf(reader, object, info);
    rows.set(info.name, row);
  }
  return [...rows]
    .map(([type, row]) => ({ type, ...row }))
    .sort((a, b) => b.bytes - a.bytes || (a.type < b.type ? -1 : 1));
}
