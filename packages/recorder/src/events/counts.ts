// The counts of all objects while a stretch runs: at each look, which are others than at the last one, and who gained or let go.
import {
  IncrementalAudit,
  labelText,
  type LabelledHolder,
  type Move,
  type Reader,
  type SameBytes,
} from '@moult/inspect';
import type { Recording } from '../recording.ts';
import type { Holder, Thing } from '../words/telling.ts';
import { objectIn } from './holders.ts';
import { frameHolder, Naming, objectHolder, type Scope } from './naming.ts';

export interface CountChange {
  readonly object: number;
  readonly serial: number;
  readonly thing: Thing;
  readonly before: number;
  readonly after: number;
  readonly fresh: boolean;
  /** It lives, but its count is not kept from here on. */
  readonly immortal: boolean;
  readonly gained: readonly Holder[];
  readonly lost: readonly Holder[];
}

export interface Look {
  readonly changes: readonly CountChange[];
  readonly moves: readonly (Move & { readonly thing: Thing; readonly serial: number })[];
}

/** An object that is gone, as it was. */
interface Former {
  readonly object: number;
  readonly thing: Thing;
  readonly layout: string;
}

/** Heads before an object in its block. */
const HEADS = [0, 16, 32];

export class Counts {
  private readonly recording: Recording;
  private readonly sameBytes: SameBytes | undefined;
  /** Made when counts are asked for: it keeps a copy of the heap. */
  private audited: IncrementalAudit | null = null;
  /** By address: what lay there at the last look and was freed since. By serial number: all that was freed since. */
  private readonly gone = new Map<number, Former>();
  private readonly goneSerials = new Map<number, Thing>();
  private readonly replaced: number[] = [];
  private readonly scopes = new Map<number, Scope>();
  private readonly functions = new Map<number, string>();
  /** What has a name of its own, as long as it lives: who dies may have lost it before its block is freed. */
  private readonly named = new Map<number, Thing>();
  private current: Naming | null = null;

  constructor(recording: Recording, sameBytes: SameBytes | undefined) {
    this.recording = recording;
    this.sameBytes = sameBytes;
  }

  private get audit(): IncrementalAudit {
    const { recording, sameBytes } = this;
    this.audited ??= new IncrementalAudit(recording.reader().target, {
      identityOf: (reader, object) => recording.serials.of(reader, object),
      ...(sameBytes === undefined ? {} : { sameBytes }),
    });
    return this.audited;
  }

  /** Names what lives now; good until the next look. */
  get naming(): Naming {
    if (this.current !== null) return this.current;
    const { serials } = this.recording;
    const reader = this.recording.reader();
    const plain = new Naming(reader, () => null);
    const scopeOf = (dict: number): Scope | null => {
      const scope = this.scopes.get(dict) ?? plain.moduleOf(dict);
      if (scope !== null) this.scopes.set(dict, scope);
      return scope;
    };
    this.current = new Naming(reader, (object) => serials.of(reader, object) || null, { scopeOf });
    return this.current;
  }

  /** The block's object is about to be freed, or was just put aside: what it is can still be read. */
  leaving(block: number, serial: number): void {
    const { naming } = this;
    const object = objectIn(naming.reader, block);
    const known = object === 0 || this.gone.has(object);
    if (!known || object === 0) for (const head of HEADS) this.replaced.push(block + head);
    if (object === 0 || (known && serial === 0)) return;
    const named = this.named.get(object);
    this.named.delete(object);
    const former = {
      object,
      thing:
        named !== undefined && named.serial === (serial || null)
          ? named
          : naming.thing(object, serial === 0 ? null : serial),
      layout: naming.reader.typeOrNull(object)?.layout ?? '',
    };
    if (serial !== 0) this.goneSerials.set(serial, former.thing);
    if (known) return;
    this.gone.set(object, former);
    this.scopes.delete(object);
  }
  /** An object of the program that was freed since the last look. */
  former(serial: number): Thing | null {
    return this.goneSerials.get(serial) ?? null;
  }

  /** What was just freed in a block. */
  formerAt(block: number, serial: number): Thing | null {
    if (serial !== 0) return this.former(serial);
    const head = HEADS.find((n) => this.gone.has(block + n));
    return head === undefined ? null : (this.gone.get(block + head)?.thing ?? null);
  }

  /** Takes memory as it is now without telling. */
  begin(): void {
    this.audit.audit(this.replaced);
    this.current = null;
    for (const frame of this.recording.cursor.frames()) this.functions.set(frame, this.naming.functionOf(frame));
    this.end();
  }
  /** What is other than at the last look. */
  look(): Look {
    this.audit.audit(this.replaced);
    this.current = null;
    const { changes, moves } = this.audit;
    // who let go is named first: what lies at its place by now may be another
    const lost = changes.map((change) => change.lost.map((held) => this.formerHolder(held)));
    const told = changes.map((change, i): CountChange => {
      const { object, identity, before, after, fresh, immortal } = change;
      const died = after === 0 && !immortal;
      return {
        object,
        serial: identity,
        before,
        after,
        fresh,
        immortal,
        thing: died ? this.formerThing(object, identity) : this.liveThing(object),
        gained: change.gained.map((held) => this.holder(held)),
        lost: lost[i] as Holder[],
      };
    });
    const { naming } = this;
    const { serials } = this.recording;
    const moved = moves
      .filter(({ object, to }) => to !== null || !this.gone.has(object))
      .map((move) => ({ ...move, thing: naming.thing(move.object), serial: serials.of(naming.reader, move.object) }));
    this.end();
    return { changes: told, moves: moved };
  }
  private end(): void {
    this.gone.clear();
    this.goneSerials.clear();
    this.replaced.length = 0;
  }

  private liveThing(object: number): Thing {
    const thing = this.naming.thing(object);
    if (thing.name !== undefined) this.named.set(object, thing);
    return thing;
  }
  private holder({ holder, kind, label, index }: LabelledHolder): Holder {
    const { naming } = this;
    const text = labelText(naming.reader, label, index);
    if (kind === 'frame') this.functions.set(holder, naming.functionOf(holder));
    return naming.holder({ holder: kind === 'object' ? holder : 0, frame: kind === 'frame' ? holder : 0, label: text });
  }
  private formerHolder({ holder, kind, label, index }: LabelledHolder): Holder {
    const { naming } = this;
    const text = this.labelText(naming.reader, label, index);
    if (kind === 'frame') return frameHolder(this.functions.get(holder) ?? naming.functionOf(holder), text);
    const former = kind === 'object' ? this.gone.get(holder) : undefined;
    if (former === undefined) {
      return naming.holder({ holder: kind === 'object' ? holder : 0, frame: 0, label: text });
    }
    const key = /^\[(.*)\]$/s.exec(text)?.[1];
    if (former.layout === 'dict' && key !== undefined) return { kind: 'value', key, owner: former.thing };
    return objectHolder(text, former.layout, former.thing);
  }
  /** A label whose name may be gone. */
  private labelText(reader: Reader, label: string, index: number): string {
    const name = label.includes('@') ? this.gone.get(index) : undefined;
    if (name === undefined) return labelText(reader, label, index);
    const text = name.thing.name ?? `a ${name.thing.type}`;
    return label.replace('@', () => (/^(?:\.|local )/.test(label) ? text.replace(/^'(.*)'$/s, '$1') : text));
  }
  private formerThing(object: number, serial: number): Thing {
    const known = this.gone.get(object)?.thing;
    if (known !== undefined) return known;
    return { type: 'object', serial: serial === 0 ? null : serial };
  }
}
