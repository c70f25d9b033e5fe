// Runs one program with the incremental audit and the full one side by side, at each of its first instructions and then at
// some; in between it changes a word of the process, looks whether both notice, and puts the word back. Bundled with
// tracing and run by tests/incremental.test.ts: node BUNDLE PROGRAM PYTHON FIRST EACH. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { bufferMemory, PyListObject, PyObject, PyThreadState, PyVarObject } from '@moult/abi';
import {
  audit,
  auditText,
  disagreements,
  engineTarget,
  generationHeads,
  IncrementalAudit,
  isImmortal,
  Reader,
  referencesOf,
  refcount,
  type Target,
  threadsOf,
  trackedObjects,
} from '@moult/inspect';
import { createProcess, processView } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import type { Mistake, SideBySide } from './sideBySide.ts';

const [file = '', python = '3.13', first = '200', each = '211'] = process.argv.slice(2);

let seed = 20_251;
function random(n: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % n;
}

/** An object that is still seen when one reference to it is lost. */
function isShared(reader: Reader, object: number): boolean {
  return !isImmortal(reader, object) && refcount(reader, object) > 1;
}

class Bench {
  readonly target: Target;
  readonly memory: DataView;
  readonly incremental: IncrementalAudit;
  readonly result: SideBySide = { steps: 0, wrong: [], mistakes: [] };
  private kind = 0;

  constructor() {
    const { buffer, ...rest } = processView();
    this.target = engineTarget(bufferMemory(buffer), rest);
    this.memory = new DataView(buffer);
    this.incremental = new IncrementalAudit(this.target);
  }

  step(count: number): void {
    this.result.steps++;
    this.expectSound(`after instruction ${count}`);
    if (this.result.wrong.length === 0 && count % 3 === 0) this.makeMistake(count);
  }

  private expectSound(when: string): void {
    const { wrong } = this.result;
    const { differing, broken } = this.incremental.audit();
    const full = audit(this.target);
    if (differing + broken > 0) wrong.push(`${when}: ${differing} differences, ${broken} broken`);
    if (full.differing + full.broken.length > 0) wrong.push(`${when}, in full: ${auditText(full)}`);
    wrong.push(...disagreements(this.incremental, this.target).map((line) => `${when}: ${line}`));
  }

  /** Changes one word in the next of several ways; what an audit said then, and that all is well afterwards. */
  private makeMistake(count: number): void {
    const mistakes = [
      () => this.count(1),
      () => this.count(-1),
      () => this.listItem(),
      () => this.listItem(0),
      () => this.listSize(),
      () => this.anyReference(),
      () => this.anyReference(0),
      () => this.local(),
      () => this.untrack(),
      () => this.anyWord(),
    ];
    const found = mistakes[this.kind++ % mistakes.length]!();
    if (found === null) return;
    const { kind, word, value } = found;
    const before = [this.memory.getUint32(word, true), this.memory.getUint32(word + 4, true)] as const;
    this.memory.setUint32(word, value, true);
    const { differing, broken } = this.incremental.audit();
    const full = audit(this.target);
    // What is cut off and holds itself (static types do) is no longer counted in full, but still incrementally. So where any
    // word may be lost, only the return to a sound heap is compared.
    const comparable = full.broken.length === 0 && broken === 0 && kind !== 'a word emptied';
    const apart = comparable ? disagreements(this.incremental, this.target) : [];
    const mistake: Mistake = {
      kind,
      incrementally: differing + broken > 0,
      full: full.differing + full.broken.length > 0,
    };
    this.result.mistakes.push(mistake);
    if (apart.length > 0) this.result.wrong.push(`after instruction ${count}, ${kind}: ${apart[0]}`);
    this.memory.setUint32(word, before[0], true);
    this.memory.setUint32(word + 4, before[1], true);
    this.expectSound(`after instruction ${count}, ${kind} undone`);
  }

  /** An object of any kind that is counted. */
  private someone(fits: (reader: Reader, object: number) => boolean): number {
    const reader = new Reader(this.target);
    const all = [...this.incremental.objects()];
    for (let tries = 0; tries < 400; tries++) {
      const object = all[random(all.length)]!;
      if (!isImmortal(reader, object) && fits(reader, object)) return object;
    }
    return 0;
  }
  private count(by: number): Change | null {
    const object = this.someone(() => true);
    if (object === 0) return null;
    const word = object + PyObject.ob_refcnt;
    return { kind: by > 0 ? 'one too many' : 'one too few', word, value: this.memory.getUint32(word, true) + by };
  }
  private someList(): number {
    return this.someone((reader, object) => {
      if (reader.typeOf(object).layout !== 'list' || reader.ssize(object + PyVarObject.ob_size) === 0) return false;
      return isShared(reader, reader.ptr(reader.ptr(object + PyListObject.ob_item)));
    });
  }
  /** The first item becomes another object, or nothing. */
  private listItem(value?: number): Change | null {
    const list = this.someList();
    if (list === 0) return null;
    const word = this.memory.getUint32(list + PyListObject.ob_item, true);
    const now = this.memory.getUint32(word, true);
    const other = value ?? this.someone((_reader, object) => object !== now);
    return { kind: value === 0 ? 'an item lost' : 'another item', word, value: other };
  }
  private listSize(): Change | null {
    const list = this.someone((reader, object) => {
      if (reader.typeOf(object).layout !== 'list') return false;
      const size = reader.ssize(object + PyVarObject.ob_size);
      if (size === 0) return false;
      return isShared(reader, reader.ptr(reader.ptr(object + PyListObject.ob_item) + (size - 1) * 8));
    });
    if (list === 0) return null;
    const word = list + PyVarObject.ob_size;
    return { kind: 'a list too short', word, value: this.memory.getUint32(word, true) - 1 };
  }
  /** A slot of any object that holds a counted object and is no object's type. */
  private anyReference(value?: number): Change | null {
    const reader = new Reader(this.target);
    const holder = this.someone((r, object) =>
      referencesOf(r, object).some((x) => x.slot !== object + PyObject.ob_type && isShared(r, x.target)),
    );
    if (holder === 0) return null;
    const slots = referencesOf(reader, holder).filter(
      (x) => x.slot !== holder + PyObject.ob_type && isShared(reader, x.target),
    );
    const { slot, target } = slots[random(slots.length)]!;
    const other = value ?? this.someone((_reader, object) => object !== target);
    return { kind: value === 0 ? 'a reference lost' : 'another reference', word: slot, value: other };
  }
  /** Any of an object's words becomes 0: a size, a flag, a type, a reference. */
  private anyWord(): Change | null {
    const object = this.someone(() => true);
    return object === 0 ? null : { kind: 'a word emptied', word: object + 8 + 8 * random(12), value: 0 };
  }
  private local(): Change | null {
    const reader = new Reader(this.target);
    const frame = reader.ptr(threadsOf(this.target)[0]! + PyThreadState.current_frame);
    const word = frame + 72;
    const value = reader.ptr(word);
    if (reader.i32(frame + 64) < 1 || value === 0 || !isShared(reader, value)) return null;
    return { kind: 'a local lost', word, value: 0 };
  }
  /** The newest object of the young generation is no longer linked: no count is wrong as long as someone holds it. */
  private untrack(): Change | null {
    const reader = new Reader(this.target);
    const head = generationHeads(reader)[0]!;
    const young = trackedObjects(reader, head);
    if (young.length < 2) return null;
    return { kind: 'untracked', word: young.at(-2)! - 16, value: head };
  }
}

interface Change {
  readonly kind: string;
  /** The word whose low half is changed. */
  readonly word: number;
  readonly value: number;
}

let result: SideBySide | null = null;
let bench: Bench | null = null;
const p = createProcess({
  program: { kind: 'command', source: readFileSync(file, 'utf8') },
  python,
  host: nodeHost({ cwd: process.cwd(), stdin: new Uint8Array(0), write: () => {} }),
  observer: (count) => {
    bench ??= new Bench();
    bench.step(count);
    result = bench.result;
    if (bench.result.wrong.length > 0) return Infinity;
    return count < Number(first) ? count + 1 : count + Number(each);
  },
});
p.run();
process.stdout.write(`${JSON.stringify(result)}\n`);
