// The incremental audit against the full one: the same objects and keys tables, each with the same count found.
import { countAll } from '../reach.ts';
import { Reader } from '../reader.ts';
import type { Target } from '../target.ts';
import { describe, hex } from '../values/describe.ts';
import type { IncrementalAudit } from './incrementalAudit.ts';

/** What the two do not agree on, as lines (at most `limit`); none when all is well. Call it right after `audit()`. */
export function disagreements(incremental: IncrementalAudit, target: Target, limit = 10): string[] {
  const reader = new Reader(target);
  const { counter } = countAll(reader);
  const lines: string[] = [];
  for (let i = 0; i < counter.objects.size && lines.length < limit; i++) {
    const object = counter.objects.at(i);
    const found = incremental.countOf(object);
    if (found === counter.objects.count(i) || reader.typeOrNull(object) === null) continue;
    lines.push(
      `${describe(reader, object)} at ${hex(object)}: found ${counter.objects.count(i)}, incrementally ${found}`,
    );
  }
  for (let i = 0; i < counter.keys.size && lines.length < limit; i++) {
    const keys = counter.keys.at(i);
    const found = incremental.countOfKeys(keys);
    if (found === counter.keys.count(i)) continue;
    lines.push(`keys table at ${hex(keys)}: found ${counter.keys.count(i)}, incrementally ${found}`);
  }
  for (const object of incremental.objects()) {
    if (lines.length >= limit) break;
    if (counter.objects.indexOf(object) >= 0) continue;
    lines.push(
      `${describe(reader, object)} at ${hex(object)}: not reachable, incrementally ${incremental.countOf(object)}`,
    );
  }
  return lines;
}
