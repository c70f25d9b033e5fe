// Where and when the objects were made that outlive a stretch of the run, or the calls of a function: the stretch is run
// again, and each birth is noted beside the block it is in. What is noted is as large as the heap, however long the stretch.
import { FRAME_OWNED_BY_GENERATOR, OP, PyCodeObject, _PyInterpreterFrame } from '@moult/abi';
import { blockOf, type Reader } from '@moult/inspect';
import { sideMemory } from '../pages/hash.ts';
import type { CodeInfo } from '../positions/code.ts';
import type { Recording } from '../recording.ts';
import { Activation } from './activation.ts';
import { type Site, Sites } from './sites.ts';

export interface Birth {
  readonly serial: number;
  readonly site: Site;
  /** In the how manieth call it was made; without calls: in the how manieth run of its site. From 1. */
  readonly period: number;
  /** In which of `SPANS` equal parts of the stretch. */
  readonly span: number;
}

export const SPANS = 64;

export interface BirthOptions {
  /** Only what the calls of this function made, by its name; the stretch then ends with the last of them. */
  readonly calls?: string;
  /** Is this file of the library, not of the program? */
  isLibrary(file: string): boolean;
  /** Called every 500,000 instructions; answering false ends the stretch there. */
  progress?(moment: number, to: number): boolean | undefined;
}

const PROGRESS = 500_000;
const GRAIN_BITS = 4;

export class Births {
  /** The stretch that was looked at. */
  readonly from: number;
  readonly to: number;
  /** How many calls there were; null: not calls were asked for. */
  readonly calls: number | null;
  /** Objects made in the stretch, or in the calls. */
  readonly made: number;
  private readonly recording: Recording;
  private readonly notes: Notes;
  private readonly sites: readonly Site[];

  constructor(
    recording: Recording,
    told: { from: number; to: number; calls: number | null; made: number },
    notes: Notes,
    sites: readonly Site[],
  ) {
    this.recording = recording;
    this.from = told.from;
    this.to = told.to;
    this.calls = told.calls;
    this.made = told.made;
    this.notes = notes;
    this.sites = sites;
  }

  /** Of an object that lives at the end of the stretch; null: it was not made in it. */
  of(reader: Reader, address: number): Birth | null {
    const info = reader.typeOrNull(address);
    if (info === null) return null;
    const at = blockOf(reader, address, info) >>> GRAIN_BITS;
    const serial = this.recording.serials.words[at] ?? 0;
    const { notes } = this;
    if (serial === 0 || notes.serial[at] !== serial) return null;
    return {
      serial,
      site: this.sites[notes.site[at] as number] as Site,
      period: notes.period[at] as number,
      span: notes.span[at] as number,
    };
  }
}

/** By block, as serial numbers are kept. Pages that are never written take no memory. */
class Notes {
  readonly serial: Uint32Array;
  readonly site: Uint32Array;
  readonly period: Uint32Array;
  readonly span: Uint8Array;

  constructor(blocks: number) {
    this.serial = new Uint32Array(sideMemory(blocks * 4).buffer);
    this.site = new Uint32Array(sideMemory(blocks * 4).buffer);
    this.period = new Uint32Array(sideMemory(blocks * 4).buffer);
    this.span = new Uint8Array(sideMemory(blocks).buffer);
  }
}

/** Goes to the end of the stretch, or behind the last call: that is the present moment afterwards. */
export function birthsOf(recording: Recording, from: number, to: number, options: BirthOptions): Births {
  const pass = new Pass(recording, from, Math.min(to, recording.length), options);
  return pass.run();
}

class Pass {
  private readonly recording: Recording;
  private readonly options: BirthOptions;
  private readonly from: number;
  private readonly to: number;
  private readonly notes: Notes;
  private readonly sites: Sites;
  private readonly view: DataView;
  /** Before the instruction that is under way. */
  private count = 0;
  private frame = 0;
  private code = 0;
  private next = 0;
  private inside = false;
  private made = 0;
  private readonly load: Activation;
  private readonly call: Activation;
  private calls = 0;
  private lastCallEnded = 0;
  /** The number of the call that runs; 0: none does. Calls inside of it are part of it. */
  private inCall = 0;
  /** The call that each generator of the function is, by its frame. */
  private readonly suspended = new Map<number, number>();
  /** When each site last made something. */
  private readonly lastRun: number[] = [];

  constructor(recording: Recording, from: number, to: number, options: BirthOptions) {
    this.recording = recording;
    this.options = options;
    this.from = from;
    this.to = to;
    this.view = recording.view();
    this.notes = new Notes(recording.serials.words.length);
    this.sites = new Sites(recording.cursor, this.view, options.isLibrary);
    this.load = new Activation(this.view);
    this.call = new Activation(this.view);
  }

  run(): Births {
    const { recording, from, options } = this;
    const byCalls = options.calls !== undefined;
    let pause = from + PROGRESS;
    let stopped = this.to;
    recording.serials.listener = { born: (serial, block) => this.born(serial, block), gone() {} };
    try {
      recording.walk(from, this.to, (count) => {
        this.before(count);
        if (count < pause) return false;
        pause = count + PROGRESS;
        if (options.progress?.(count, this.to) !== false) return false;
        stopped = count;
        return true;
      });
    } finally {
      recording.serials.listener = null;
    }
    if (this.inCall > 0 || this.calls === 0) this.lastCallEnded = stopped;
    const to = byCalls ? this.lastCallEnded : stopped;
    recording.seek(to);
    const told = { from, to, calls: byCalls ? this.calls : null, made: this.made };
    return new Births(recording, told, this.notes, this.sites.list);
  }

  private before(count: number): void {
    const { cursor } = this.recording;
    cursor.read();
    this.inside = true;
    this.count = count;
    this.code = cursor.code;
    this.next = cursor.next;
    const begins = cursor.next === cursor.code + PyCodeObject.co_code_adaptive;
    if (cursor.frame === this.frame && !begins) return;
    this.frame = cursor.frame;
    if (cursor.frame !== 0) this.switched(count, begins);
  }

  /** Another frame goes on than before: by a call, a return, an exception. */
  private switched(count: number, begins: boolean): void {
    const { cursor } = this.recording;
    const { frame, load, call, options } = this;
    load.leftFor(frame);
    if (call.leftFor(frame) || (begins && call.isReplacedBy(frame))) {
      this.inCall = 0;
      this.lastCallEnded = count;
    }
    const info = cursor.info();
    if (!load.running && info.name === '<module>' && options.isLibrary(info.file)) load.enter(frame);
    if (options.calls === undefined || (call.running && this.inCall > 0)) return;
    if (info.qualname !== options.calls && info.name !== options.calls) return;
    const number = this.callOf(info, frame, begins);
    if (number === 0) return;
    this.inCall = number;
    call.enter(frame);
  }
  /** The number of the call that a frame of the function is; 0: none that begins or goes on here. */
  private callOf(info: CodeInfo, frame: number, begins: boolean): number {
    if (!this.makesGenerator(info)) return begins ? ++this.calls : 0;
    // what the function itself does is only to make the generator; that one's frame begins behind it
    if (this.view.getUint8(frame + _PyInterpreterFrame.owner) !== FRAME_OWNED_BY_GENERATOR) return 0;
    if (this.recording.cursor.unit(info, this.next) > info.body) return this.suspended.get(frame) ?? 0;
    this.suspended.set(frame, ++this.calls);
    return this.calls;
  }
  private makesGenerator(info: CodeInfo): boolean {
    for (let unit = 0; unit < info.body; unit++) {
      if (this.view.getUint8(info.start + unit * 2) === OP.RETURN_GENERATOR) return true;
    }
    return false;
  }

  private born(serial: number, block: number): void {
    if (!this.inside) return;
    const { cursor } = this.recording;
    const byCalls = this.options.calls !== undefined;
    if (byCalls && this.inCall === 0) return;
    // a native that called Python goes on in its caller's instruction, before which no one looks
    cursor.read();
    // the program has ended: what is made now, the interpreter makes
    if (cursor.frame === 0) return;
    if (cursor.frame !== this.frame) {
      this.code = cursor.code;
      this.next = cursor.next;
    }
    if (this.code === 0) return;
    const loading = this.load.running || this.view.getUint8(this.next) === OP.IMPORT_NAME;
    const id = this.sites.of(cursor.frame, this.code, this.next, loading);
    const site = this.sites.list[id] as Site;
    if (this.lastRun[id] !== this.count) {
      this.lastRun[id] = this.count;
      site.runs++;
    }
    this.made++;
    const at = block >>> GRAIN_BITS;
    const { notes } = this;
    notes.serial[at] = serial;
    notes.site[at] = id;
    notes.period[at] = byCalls ? this.inCall : site.runs;
    const length = Math.max(1, this.to - this.from);
    notes.span[at] = Math.min(SPANS - 1, Math.floor((SPANS * (this.count - this.from)) / length));
  }
}
