// The audit mode: recount every reference at chosen instructions and at the end, and remember the first that fails.
import { bufferMemory, type Memory, PyThreadState } from '@moult/abi';
import {
  audit,
  auditText,
  census,
  checkHeap,
  describe,
  disagreements,
  engineTarget,
  findingsText,
  framesOf,
  frameInfo,
  generationHeads,
  IncrementalAudit,
  Reader,
  type SameBytes,
  type Target,
  threadsOf,
  trackedObjects,
} from '@moult/inspect';
import { currentInstruction, type Observer, type ProcessView, processView } from '@moult/runtime';
import type { Moment } from './history.ts';
import { instructionText } from './postmortem.ts';
import type { AuditSchedule } from './arguments.ts';
import { targetOf } from './target.ts';

/** One for all programs of a realm: its tables are large. */
let shared: { buffer: ArrayBufferLike; incremental: IncrementalAudit } | null = null;

/** Compares a process's bytes with a copy: memcmp. */
export function sameBytesOf(buffer: ArrayBufferLike): SameBytes {
  const bytes = Buffer.from(buffer);
  return (address, copy, at, n) => bytes.compare(copy, at, at + n, address, address + n) === 0;
}

/** An audit of which nothing is known yet. */
export function incrementalOf(target: Target, buffer: ArrayBufferLike): IncrementalAudit {
  if (shared === null || shared.buffer !== buffer) {
    shared = { buffer, incremental: new IncrementalAudit(target, { sameBytes: sameBytesOf(buffer) }) };
  } else shared.incremental.forget();
  return shared.incremental;
}

/** Blocks of a finalized process that gc.freeze() keeps, as in CPython: the last collections never look at frozen objects. */
export function frozenBlocks(): { has(address: number): boolean } {
  const target = targetOf(processView());
  const reader = new Reader(target);
  if (trackedObjects(reader, generationHeads(reader).at(-1)!, 1).length === 0) return new Set();
  return census(target, { frozenOnly: true }).known;
}

export class Auditor {
  /** How many audits were made. */
  audits = 0;
  /** Objects whose count is wrong, at the first audit that found one, and broken invariants. */
  differences = 0;
  details = '';
  /** The instructions executed at the last audit that found nothing, and at the one that found something. */
  cleanAt = 0;
  foundAt = 0;
  /** The instruction that did it, where the audits were that close. */
  culprit = '';
  private upcoming: Moment = { code: 0, offset: 0 };
  private readonly schedule: AuditSchedule;
  private target: Target | null = null;
  private incremental: IncrementalAudit | null = null;

  constructor(schedule: AuditSchedule) {
    this.schedule = schedule;
  }

  /** For createProcess; null where only the end is audited. */
  get observer(): Observer | null {
    const { schedule } = this;
    if (schedule.kind === 'exit') return null;
    return (count) => {
      if (this.differences > 0) return Infinity;
      if (schedule.kind === 'between' && count < schedule.from) return schedule.from;
      if (count > 0) this.check('', false, count);
      if (this.differences > 0) return Infinity;
      this.cleanAt = count;
      this.upcoming = currentInstruction();
      if (schedule.kind === 'between') return count >= schedule.to ? Infinity : count + schedule.each;
      if (schedule.kind === 'sampled') return count + Math.max(101, Math.floor(count / 2));
      return count < schedule.first ? count + 1 : count + schedule.each;
    };
  }

  /** ` (a dict)`, where the block looks like an object of a type that still stands. */
  nameBlock(address: number): string {
    const reader = new Reader(targetOf(processView()));
    for (const offset of [0, 16, 32]) {
      const info = reader.typeOrNull(address + offset);
      if (info !== null && reader.typeOrNull(info.address)?.layout === 'type') {
        return ` (${info.name}: ${describe(reader, address + offset)})`;
      }
    }
    return '';
  }

  /** `when` is empty at an instruction: `count` of them have been executed. */
  check(when: string, whole = false, count = 0): void {
    if (this.differences > 0) return;
    this.audits++;
    try {
      this.count(when, whole, count);
    } catch (e) {
      // a process that writes where it pleases may leave nothing that can be read
      this.differences++;
      this.details = `${when}: the process cannot be read any more: ${(e as Error).message}`;
    }
    if (this.differences > 0) this.foundAt = count;
  }

  private count(when: string, whole: boolean, count: number): void {
    if (this.target === null || this.incremental === null) {
      const view = processView();
      this.target = targetOf(view);
      this.incremental = incrementalOf(this.target, view.buffer);
    }
    const { differing, broken } = this.incremental.audit();
    const due = whole || this.audits % this.schedule.whole === 0;
    if (!due && differing === 0 && broken === 0) return;
    const reader = new Reader(this.target);
    // the instruction that has just been executed: a name that the audits around it know
    if (when === '' && count === this.cleanAt + 1) this.culprit = instructionText(reader, this.upcoming);
    const where = `after instruction ${count}${this.culprit === '' ? '' : `, ${this.culprit}`}`;
    this.checkWhole(this.target, this.incremental, when === '' ? where : when, differing + broken);
  }

  /** Counts everything anew, compares with the incremental counts, and checks the heap. */
  private checkWhole(target: Target, incremental: IncrementalAudit, when: string, suspected: number): void {
    const report = audit(target, { limit: 10 });
    const lines: string[] = [];
    const wrong = report.differing + report.broken.length;
    if (wrong > 0) lines.push(auditText(report));
    const findings = checkHeap(target);
    if (findings.length > 0) lines.push(findingsText(findings));
    const apart = disagreements(incremental, target);
    if (apart.length === 0 && wrong === 0 && suspected > 0)
      apart.push(`${suspected} differences that a full audit does not see`);
    if (apart.length > 0) lines.push('the incremental audit does not agree with the full one:', ...apart);
    this.differences += wrong + findings.length + apart.length;
    if (lines.length > 0) this.details = `${when}${this.culprit === '' ? place(target) : ''}:\n${lines.join('\n')}`;
    else this.culprit = '';
  }
}

/** `, in <module> at line 3`, if a frame is running. */
function place(target: Target): string {
  try {
    const reader = new Reader(target);
    for (const thread of threadsOf(target)) {
      for (const frame of framesOf(reader, reader.ptr(thread + PyThreadState.current_frame))) {
        const info = frameInfo(reader, frame);
        if (info !== null) return `, in ${info.function} at line ${info.line ?? '?'}`;
      }
    }
  } catch {
    // A broken process may not even have readable frames.
  }
  return '';
}
