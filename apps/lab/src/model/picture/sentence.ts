/** The sentence over the picture: what the step did, with the numbers before and after, and why it matters. */
import { opcodeName, sentenceOf as sentenceOfOpcode } from '@moult/abi';
import { collectorStats } from '@moult/inspect';
import type { FrameCard, MomentPicture, ObjectCard, Row, Scene } from '@moult/picture';
import type { Piece, Say } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';
import { capital, count, plural, refOfId } from '../refs.ts';
import { causeOf } from './causes.ts';

export function sentenceOf(context: ModelContext, moment: MomentPicture): Say {
  if (context.before === null) return beginning(context);
  const teller = new StepTeller(context, moment, context.before);
  if (context.unit === 'instruction') {
    const head = teller.instruction();
    return { head, why: teller.effect() ?? teller.next() };
  }
  const head = teller.head();
  return { head, why: teller.why() ?? teller.next() };
}

function beginning(context: ModelContext): Say {
  const line = lineAt(context, context.at);
  const head = line === null ? 'Nothing has run yet.' : `Nothing has run yet. Line ${line} is next.`;
  return { head: [head], why: ['A step runs it, and shows what it changed.'] };
}

interface Place {
  readonly line: number | null;
  readonly function: string;
  readonly depth: number;
  readonly own: boolean;
}

class StepTeller {
  private readonly context: ModelContext;
  private readonly moment: MomentPicture;
  private readonly scene: Scene;
  private readonly before: number;
  private readonly from: Place;
  private readonly to: Place;
  private readonly collected: boolean;
  private readonly cards: ReadonlyMap<number, ObjectCard>;

  constructor(context: ModelContext, moment: MomentPicture, before: number) {
    this.context = context;
    this.moment = moment;
    this.scene = moment.scene;
    this.before = before;
    // one look back: each costs a run from a checkpoint
    const then = context.lookAt(before, () => ({ place: placeNow(context), collections: collectionsNow(context) }));
    this.from = then.place;
    this.to = placeNow(context);
    this.collected = collectionsNow(context) > then.collections;
    this.cards = new Map(this.scene.objects.map((o) => [o.id, o]));
  }

  private subject(): string {
    const { line, own } = this.from;
    if (line === null) return 'The step';
    return own ? `Line ${line}` : `Line ${line} of ${this.from.function}`;
  }
  private thing(id: number): { ref: ReturnType<typeof refOfId>; text: string } {
    const card = this.cards.get(id) ?? this.scene.ghosts.find((g) => g.id === id);
    return { ref: refOfId(id), text: card === undefined ? refOfId(id) : `${card.type} ${card.label}`.trim() };
  }
  /** Who died in this step. */
  private deaths(): number[] {
    return [...this.moment.died].filter(([, at]) => at > this.before && at <= this.context.at).map(([id]) => id);
  }

  // ---- what happened ----

  instruction(): Piece[] {
    const { recording } = this.context;
    const told = this.context.lookAt(this.before, () => {
      recording.cursor.read();
      return recording.cursor.frame === 0 ? 0 : recording.view().getUint8(recording.cursor.next);
    });
    const { line } = this.from;
    const where = line === null ? '' : `, line ${line}`;
    return [{ code: opcodeName(told) }, `${where}: ${lower(sentenceOfOpcode(told))}`];
  }

  head(): Piece[] {
    return (
      this.collection() ??
      this.frames() ??
      this.deleted() ??
      this.bound() ??
      this.stored() ??
      this.printed() ??
      this.rest()
    );
  }

  private collection(): Piece[] | null {
    const dead = this.deaths().filter((id) => causeOf(this.context, id, this.moment.died.get(id) ?? 0).collected);
    if (dead.length === 0) {
      if (!this.collected) return null;
      return [`${this.subject()} ran the collector. It freed nothing that is shown here.`];
    }
    const [first, second] = dead;
    if (dead.length > 2) {
      return [
        `${this.subject()} ran the collector. It found ${count(dead.length)} objects unreachable and freed them.`,
      ];
    }
    const out: Piece[] = [`${this.subject()} ran the collector. It found `, this.thing(first as number)];
    if (second !== undefined) out.push(' and ', this.thing(second));
    out.push(` unreachable and freed ${second === undefined ? 'it' : 'both'}.`);
    return out;
  }

  private frames(): Piece[] | null {
    const { from, to } = this;
    if (to.depth === from.depth && to.function === from.function) return null;
    if (to.depth > from.depth)
      return [`${this.subject()} called `, { code: to.function }, '. A new frame holds its names.'];
    if (to.depth === from.depth)
      return [`${this.subject()} left `, { code: from.function }, ' for ', { code: to.function }, '.'];
    if (to.depth === 0) return ['The program has ended.'];
    const back = to.line === null ? '' : ` to line ${to.line}`;
    return [{ code: from.function }, ` returned${back}. Its frame is gone, and its names with it.`];
  }

  private deleted(): Piece[] | null {
    const found = this.rows((row) => row.change === 'changed' && row.gone !== undefined);
    const [first] = found;
    if (first === undefined) return null;
    const { row } = first;
    const names: Piece[] = [{ code: row.key }];
    if (found.length === 2) names.push(' and ', { code: found[1]?.row.key ?? '' });
    const what = found.length > 2 ? plural(found.length, 'name') : null;
    const word = row.gone?.startsWith('del') === true ? 'deleted' : 'unbound';
    const verb = word === 'deleted' ? 'deleted' : 'let go of';
    const head: Piece[] = [
      `${this.subject()} ${verb} the name${found.length === 2 ? 's' : ''} `,
      ...(what === null ? names : [what]),
      '.',
    ];
    const target = row.removedTarget ?? this.deaths()[0];
    return target === undefined ? head : [...head, ' ', ...this.change(target)];
  }

  private bound(): Piece[] | null {
    const found = this.rows(
      (row) => row.change !== undefined && row.gone === undefined && !row.key.startsWith('stack['),
    );
    const last = found.at(-1);
    if (last === undefined) return null;
    const { row } = last;
    const name = { code: row.key };
    if (row.target === undefined) return [`${this.subject()} bound `, name, ` to ${row.value ?? 'nothing'}.`];
    const card = this.cards.get(row.target);
    if (card?.change === 'new') {
      const lost = row.removedTarget === undefined ? [] : [' ', ...this.change(row.removedTarget)];
      return [`${this.subject()} made `, this.thing(row.target), ' and named it ', name, '.', ...lost];
    }
    if (row.removedTarget !== undefined) {
      return [
        `${this.subject()} moved the name `,
        name,
        ' to ',
        this.thing(row.target),
        '. ',
        ...this.change(row.removedTarget),
      ];
    }
    const known = this.scene.frames.flatMap((f) => f.rows).filter((r) => r.target === row.target).length;
    if (known < 2) return [`${this.subject()} gave `, this.thing(row.target), ' the name ', name, '.'];
    return [
      `${this.subject()} gave `,
      this.thing(row.target),
      ' another name, ',
      name,
      '. ',
      ...this.change(row.target),
    ];
  }

  private stored(): Piece[] | null {
    for (const card of this.scene.objects) {
      const row = card.rows.find((r) => r.change !== undefined && r.fold === undefined);
      if (row === undefined || card.change === 'new') continue;
      const what: Piece = row.target === undefined ? (row.value ?? '') : this.thing(row.target);
      const into = this.thing(card.id);
      const head: Piece[] = [`${this.subject()} put `, what, ' into ', into, ...this.slot(card, row), '.'];
      return row.target !== undefined && this.leads(row.target, card.id)
        ? [...head, ' The two now hold each other.']
        : head;
    }
    return null;
  }
  private slot(card: ObjectCard, row: Row): Piece[] {
    if (/^\d+$/.test(row.key) && card.type !== 'dict') return [` as item ${row.key}`];
    if (card.type === 'set') return [];
    return [card.type === 'dict' ? ' under ' : ' as ', { code: row.key }];
  }
  /** Whether references of cards lead from one object to another. */
  private leads(from: number, to: number): boolean {
    const seen = new Set([from]);
    for (const id of seen) {
      if (id === to) return true;
      for (const row of this.cards.get(id)?.rows ?? []) if (row.target !== undefined) seen.add(row.target);
    }
    return false;
  }

  private printed(): Piece[] | null {
    const prints = this.context.recording.prints.filter((p) => p.at > this.before && p.at <= this.context.at);
    const text = prints
      .map((p) => p.text)
      .join('')
      .trimEnd();
    if (text === '') return null;
    const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
    return [`${this.subject()} printed `, { code: short.replaceAll('\n', ' ⏎ ') }, '.'];
  }

  private rest(): Piece[] {
    const dead = this.deaths()[0];
    if (dead !== undefined) return [...this.change(dead)];
    const changed = this.scene.objects.find((o) => o.countChange === 'changed');
    if (changed !== undefined) return [...this.change(changed.id)];
    return [`${this.subject()} changed nothing that is shown here.`];
  }

  // ---- why it matters ----

  why(): Piece[] | null {
    const cut = this.scene.unreachable.find((u) => u.members.some((id) => this.newlyCut().has(id)));
    if (cut !== undefined) {
      const last =
        this.rows((row) => row.removedTarget !== undefined)[0]?.row.removedTarget ?? (cut.members.at(-1) as number);
      const holder = this.scene.objects.find((o) => o.rows.some((r) => r.target === last));
      const still: Piece[] = holder === undefined ? [] : [capital(this.thing(holder.id)), ' still holds it. '];
      return [
        ...still,
        `No name leads ${cut.members.length === 1 ? 'there' : 'to either'} now, so only the collector can free ${cut.members.length === 1 ? 'it' : 'them'}.`,
      ];
    }
    const died = this.deaths()[0];
    if (died !== undefined) {
      const cause = causeOf(this.context, died, this.moment.died.get(died) ?? 0);
      if (cause.collected)
        return ['Each was held by the other alone: no count could reach 0, so only the collector could free them.'];
      if (cause.holder !== null) return [`Its last holder was ${cause.holder}. At 0 an object is freed at once.`];
    }
    const copied = this.statement().match(/^\s*([A-Za-z_]\w*)\s*=\s*([A-Za-z_]\w*)\s*(?:#.*)?$/);
    const shared =
      copied === null
        ? undefined
        : this.rows((row) => row.key === copied[1] && row.target !== undefined)[0]?.row.target;
    if (copied !== null && shared !== undefined) {
      return [
        { code: this.statement().trim() },
        ' copied a reference, not the ',
        this.cards.get(shared)?.type ?? 'object',
        '.',
      ];
    }
    return this.effect();
  }
  private newlyCut(): ReadonlySet<number> {
    // what this step cut off: a reference to it was removed, or its count fell
    const now = new Set(this.scene.unreachable.flatMap((u) => u.members));
    const touched = new Set<number>();
    for (const { row } of this.rows(() => true)) if (row.removedTarget !== undefined) touched.add(row.removedTarget);
    for (const o of this.scene.objects) if (o.countChange === 'changed') touched.add(o.id);
    return new Set([...now].filter((id) => touched.has(id)));
  }
  /** The first count that changed. */
  effect(): Piece[] | null {
    const changed = this.scene.objects.filter((o) => o.countChange === 'changed');
    const [first] = changed;
    if (first === undefined) return null;
    const more = changed.length === 1 ? '' : ` ${plural(changed.length - 1, 'other count')} changed.`;
    return [...this.change(first.id), more];
  }
  next(): Piece[] {
    const { line, own } = this.to;
    if (line === null) return this.to.depth === 0 ? ['What is still here goes when the interpreter ends.'] : [];
    if (!own) return [`Line ${line} of `, { code: this.to.function }, ' runs next.'];
    const text = (this.context.program.source.split('\n')[line - 1] ?? '').trim();
    return [`Line ${line} runs next: `, { code: text.length > 60 ? `${text.slice(0, 59)}…` : text }];
  }

  /** "Dict #42 fell from 2 to 1, not to 0." */
  private change(id: number): Piece[] {
    const thing = capital(this.thing(id));
    const after = this.cards.get(id)?.count;
    if (after === undefined) return [thing, ' fell to 0 and was freed.'];
    const before = this.moment.old?.objects.find((o) => o.id === id)?.count ?? 0;
    if (after === null) return [thing, ' is immortal: its count is not kept.'];
    if (after === before) return [thing, ` stays at ${count(after)}.`];
    if (after > before) return [thing, ` rose from ${count(before)} to ${count(after)}.`];
    return [thing, ` fell from ${count(before)} to ${count(after)}, not to 0.`];
  }
  private statement(): string {
    return this.from.own && this.from.line !== null
      ? (this.context.program.source.split('\n')[this.from.line - 1] ?? '')
      : '';
  }
  private rows(wanted: (row: Row) => boolean): { card: FrameCard; row: Row }[] {
    return this.scene.frames.flatMap((card) => card.rows.filter(wanted).map((row) => ({ card, row })));
  }
}

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

function placeNow(context: ModelContext): Place {
  const { recording } = context;
  const { cursor } = recording;
  if (recording.ended) return { line: null, function: '', depth: 0, own: false };
  cursor.read();
  if (cursor.frame === 0) return { line: null, function: '', depth: 0, own: false };
  const info = cursor.info();
  const line = cursor.line();
  const name = info.name;
  return {
    line: line > 0 ? line : null,
    function: name,
    depth: cursor.frames().length,
    own: info.file === recording.mainFile,
  };
}
function collectionsNow(context: ModelContext): number {
  return collectorStats(context.recording.reader()).reduce((n, g) => n + g.collections, 0);
}
function lineAt(context: ModelContext, at: number): number | null {
  return context.lookAt(at, () => placeNow(context).line);
}
