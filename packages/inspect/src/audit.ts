// The proof of all counting: walk every root and every object, count what each object is held by, and compare with ob_refcnt.
import { PyDictKeysObject, PyObject } from '@moult/abi';
import { type Counter, countAll, internedKeys } from './reach.ts';
import { Reader } from './reader.ts';
import { visitKeysTable } from './references/containers.ts';
import { labelText } from './references/labels.ts';
import { visitReferences } from './references/visit.ts';
import { type Place, placeText, type RootVisitor, visitRoots } from './roots.ts';
import type { Target } from './target.ts';
import { describe, hex } from './values/describe.ts';

export interface Difference {
  readonly address: number;
  readonly type: string;
  readonly text: string;
  /** What ob_refcnt (or dk_refcnt) says. */
  readonly stored: number;
  /** How many references were found. */
  readonly found: number;
  /** Who holds it, by label; cut after 20. */
  readonly holders: string[];
}

export interface AuditReport {
  readonly differences: Difference[];
  /** How many differ in all; `differences` explains the first ones. */
  readonly differing: number;
  /** References to what is no object. */
  readonly broken: string[];
  /** Types whose references are not known; a difference may come from them. */
  readonly unknownTypes: string[];
  readonly objects: number;
  readonly references: number;
  readonly milliseconds: number;
}

export interface AuditOptions {
  /** How many differences are explained. */
  readonly limit?: number;
}

function isStatic(target: Target, object: number): boolean {
  return target.staticRanges?.some(([from, to]) => object >= from && object < to) ?? false;
}

export function audit(target: Target, options: AuditOptions = {}): AuditReport {
  const started = Date.now();
  const reader = new Reader(target);
  const { counter, unknown } = countAll(reader);
  const wrong = new Map<number, { stored: number; found: number }>();
  let differing = 0;
  const limit = options.limit ?? 30;
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    if (!reader.has(object, PyObject.SIZE) || reader.i32(object + PyObject.ob_refcnt) < 0) continue;
    const stored = reader.ssize(object + PyObject.ob_refcnt);
    const found = counter.objects.count(i) + (isStatic(target, object) ? 1 : 0);
    if (stored === found) continue;
    // While __del__ runs, a dying object's count is raised for the call.
    if (stored === found + 1 && counter.dyingObjects.has(object)) continue;
    differing++;
    if (wrong.size < limit) wrong.set(object, { stored, found });
  }
  const wrongKeys = keysDifferences(reader, counter);
  const differences = [
    ...explain(reader, wrong),
    ...wrongKeys.slice(0, limit).map(({ keys, stored, found }) => ({
      address: keys,
      type: 'keys table',
      text: `<keys table at ${hex(keys)}>`,
      stored,
      found,
      holders: [],
    })),
  ];
  return {
    differences,
    differing: differing + wrongKeys.length,
    broken: counter.broken,
    unknownTypes: [...unknown].sort(),
    objects: counter.objects.size,
    references: counter.references,
    milliseconds: Date.now() - started,
  };
}

/** dk_refcnt counts the dicts and types that share a keys table; the empty table's is negative or huge. */
function keysDifferences(reader: Reader, counter: Counter): { keys: number; stored: number; found: number }[] {
  const wrong: { keys: number; stored: number; found: number }[] = [];
  for (let i = 0; i < counter.keys.size; i++) {
    const keys = counter.keys.at(i);
    const stored = reader.ssize(keys + PyDictKeysObject.dk_refcnt);
    const found = counter.keys.count(i);
    if (stored < 0 || stored >= 0xffffffff || stored === found) continue;
    wrong.push({ keys, stored, found });
  }
  return wrong;
}

class Holders implements RootVisitor {
  private readonly reader: Reader;
  readonly of: Map<number, string[]>;
  private readonly interned: number;
  private readonly seen = new Set<number>();
  private holder = '';
  object = 0;

  constructor(reader: Reader, targets: Iterable<number>) {
    this.reader = reader;
    this.of = new Map([...targets].map((target) => [target, []]));
    this.interned = internedKeys(reader);
  }
  enter(place: Place): void {
    this.holder = placeText(this.reader, place);
    this.object = 0;
  }
  exists(): void {}
  dying(): void {}
  reference(target: number, _slot: number, label: string, index: number): void {
    const holders = this.of.get(target);
    if (holders === undefined || holders.length >= 20) return;
    const from = this.object === 0 ? this.holder : `${describe(this.reader, this.object, 0)} at ${hex(this.object)}`;
    holders.push(`${from} ${labelText(this.reader, label, index)}`);
  }
  keysTable(keys: number): void {
    if (keys === this.interned || this.seen.has(keys)) return;
    this.seen.add(keys);
    visitKeysTable(this.reader, keys, this);
  }
}

/** Walks everything again to name who holds the objects whose counts are wrong. */
function explain(reader: Reader, wrong: ReadonlyMap<number, { stored: number; found: number }>): Difference[] {
  if (wrong.size === 0) return [];
  const holders = new Holders(reader, wrong.keys());
  visitRoots(reader, holders);
  const { counter } = countAll(reader);
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    const info = reader.typeOrNull(object);
    if (info === null) continue;
    holders.object = object;
    try {
      visitReferences(reader, object, info, holders);
    } catch {
      // It was reported as broken by the first walk.
    }
  }
  return [...wrong].map(([address, { stored, found }]) => ({
    address,
    type: reader.typeOrNull(address)?.name ?? '?',
    text: describe(reader, address),
    stored,
    found,
    holders: holders.of.get(address) ?? [],
  }));
}

/** A report as lines, one for each difference. */
export function auditText(report: AuditReport): string {
  const lines = report.differences.map(
    (d) =>
      `${d.text} (${d.type} at ${hex(d.address)}): stored ${d.stored}, found ${d.found}; held by ${d.holders.join('; ') || 'no one'}`,
  );
  if (report.differing > report.differences.length)
    lines.push(`… and ${report.differing - report.differences.length} more`);
  lines.push(...report.broken);
  if (report.unknownTypes.length > 0) lines.push(`types not known: ${report.unknownTypes.join(', ')}`);
  return lines.join('\n');
}
