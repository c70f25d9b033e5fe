/** Tellings as sentences: the one place where events and states become words. */
import { english, type MessageKey, type Messages } from './english.ts';
import type { Holder, ListName, Telling, Thing, Where } from './telling.ts';

type Values = Readonly<Record<string, string | number>>;

/** Of holders of a kind each, so many are counted apart. */
const MOST_KINDS = 3;
/** The longest text of a program that a sentence quotes. */
const QUOTED = 32;

export class Words {
  readonly #messages: Messages;

  constructor(messages: Messages = english) {
    this.#messages = messages;
  }

  /** One sentence, or two short ones. */
  say(telling: Telling): string {
    switch (telling.kind) {
      case 'born':
        return this.#fill('born', {
          ...this.#told(telling),
          after: telling.after,
          holder: this.#holderOr(telling.holder),
        });
      case 'count':
        return this.#count(telling);
      case 'freed': {
        const values = { ...this.#told(telling), before: telling.before };
        if (telling.holder === null) return this.#fill('freed.unknown', values);
        return this.#fill('freed', { ...values, holder: this.holder(telling.holder) });
      }
      case 'collected':
        return this.#fill(telling.cycle === undefined ? 'collected.among' : 'collected', {
          ...telling,
          thing: this.thing(telling.thing),
        });
      case 'ended':
        return this.#fill('ended', { thing: this.thing(telling.thing), before: telling.before });
      case 'temporary': {
        const values = { ...this.#told(telling), native: telling.native ?? '' };
        return this.#fill(telling.native === undefined ? 'temporary.line' : 'temporary.native', values);
      }
      case 'taken':
      case 'block':
        return this.#fill(`${telling.kind}.${telling.to}`, { ...this.#told(telling), size: telling.size });
      case 'resized':
        return this.#fill(telling.to === telling.address ? 'resized.here' : 'resized.moved', {
          ...this.#caused(telling.where),
          before: telling.before,
          after: telling.after,
          address: hex(telling.address),
          to: hex(telling.to),
        });
      case 'again':
        return this.#fill('again', {
          thing: this.thing(telling.thing),
          former: this.thing(telling.former),
          cause: this.cause(telling.died),
        });
      case 'tracked':
        return this.#fill(telling.on ? 'tracked.on' : 'tracked.off', {
          ...this.#told(telling),
          generation: telling.generation,
        });
      case 'generation':
        return this.#fill(moveKey(telling.from, telling.to), { ...telling, thing: this.thing(telling.thing) });
      case 'immortal':
        return this.#fill('immortal', { thing: this.thing(telling.thing) });
      case 'kept':
        return this.#fill('kept', { ...this.#told(telling), before: telling.before });
      case 'getrefcount':
        return this.#getrefcount(telling);
      case 'weakref':
        return this.#fill('weakref', {
          ...this.#told(telling),
          reference: this.thing(telling.reference),
          count: telling.count,
        });
      case 'finalizer': {
        const values = { ...this.#told(telling), name: telling.name, collection: telling.collection ?? 0 };
        return this.#fill(telling.collection === null ? 'finalizer.count' : 'finalizer.collection', values);
      }
      case 'phase':
        return this.#fill(`phase.${telling.phase}`, { ...telling, why: telling.why ?? '' });
      case 'pool':
        return this.#fill('pool', {
          ...telling,
          ...this.#caused(telling.where),
          where: '',
          address: hex(telling.address),
        });
      case 'arena': {
        const values = { ...telling, ...this.#caused(telling.where), where: '' };
        return this.#fill(telling.after > telling.before ? 'arena.new' : 'arena.back', values);
      }
      case 'line':
      case 'raise':
      case 'call':
      case 'return':
        return this.#fill(telling.kind, { ...telling, ...this.#caused(telling.where), where: '' });
      case 'print':
        return this.#fill('print', {
          ...this.#caused(telling.where),
          ...telling,
          where: '',
          text: quoted(telling.text),
        });
    }
  }

  /** As say, for whoever has named the line already. */
  under(telling: Telling): string {
    const sentence = this.say(telling);
    if (!('where' in telling)) return sentence;
    const cause = this.cause(telling.where);
    const start = `${cause.slice(0, 1).toUpperCase()}${cause.slice(1)}: `;
    if (!sentence.startsWith(start)) return sentence;
    return `${sentence[start.length]?.toUpperCase() ?? ''}${sentence.slice(start.length + 1)}`;
  }

  /** An event of a life in a few words: "`b = a` at line 3: +1, now 3". */
  brief(where: Where, before: number, after: number): string {
    const change = after - before;
    const sign = change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '±0';
    const line = where.line === null ? '' : ` at line ${where.line}`;
    const what = where.statement === undefined ? line.trim() : `\`${shortened(where.statement)}\`${line}`;
    return `${what === '' ? this.#messages['cause.nowhere'] : what}: ${sign}, now ${after}`;
  }

  thing({ type: whole, serial, name }: Thing): string {
    const type = shortened(whole);
    if (serial !== null && name !== undefined) {
      return this.#fill('thing.both', { type, name: shortened(name), serial });
    }
    if (serial !== null) return this.#fill('thing.serial', { type, serial });
    if (name !== undefined) return this.#fill('thing.named', { type, name: shortened(name) });
    return this.#fill(/^[aeio]/i.test(type) ? 'thing.type.an' : 'thing.type', { type });
  }

  holder(holder: Holder): string {
    if (holder.kind === 'cell') {
      return holder.name === null
        ? this.#fill('holder.cell.unnamed', {})
        : this.#fill('holder.cell', { name: holder.name });
    }
    if (holder.kind === 'native' && holder.native === null) return this.#fill('holder.native.unnamed', {});
    const owner = 'owner' in holder ? { owner: this.thing(holder.owner) } : {};
    const key = holder.kind === 'value' ? { key: shortened(holder.key) } : {};
    return this.#fill(`holder.${holder.kind}`, { ...namesShortened(holder as unknown as Values), ...owner, ...key });
  }

  cause(where: Where): string {
    if (where.line === null) return this.#fill('cause.nowhere', {});
    if (where.statement === undefined) return this.#fill('cause.line', { line: where.line });
    return this.#fill('cause.statement', { line: where.line, statement: `\`${shortened(where.statement)}\`` });
  }

  #count(t: Extract<Telling, { kind: 'count' }>): string {
    const values = {
      ...this.#told(t),
      before: t.before,
      after: t.after,
      gained: this.#holders(t.gained),
      lost: this.#holders(t.lost),
      native: t.native ?? '',
    };
    if (t.gained.length > 0 && t.lost.length > 0) {
      return this.#fill(t.before === t.after ? 'count.moved' : 'count.swapped', values);
    }
    if (t.gained.length > 0) return this.#fill('count.rose', values);
    if (t.lost.length > 0) return this.#fill('count.fell', values);
    if (t.native === undefined) return this.#fill('count.unchanged', values);
    return this.#fill(t.before === t.after ? 'count.temporary' : 'count.native', values);
  }
  /** "3: 2 names and this call's argument". */
  #getrefcount(t: Extract<Telling, { kind: 'getrefcount' }>): string {
    const kinds = new Map<MessageKey, number>();
    for (const { kind } of t.holders) {
      const key =
        kind === 'argument' || kind === 'native' || kind === 'finalizer' || kind === 'interpreter' ? 'other' : kind;
      kinds.set(`holders.${key}`, (kinds.get(`holders.${key}`) ?? 0) + 1);
    }
    if (kinds.size > MOST_KINDS) {
      const rest = [...kinds].slice(MOST_KINDS - 1);
      for (const [key] of rest) kinds.delete(key);
      kinds.set(
        'holders.other',
        rest.reduce((sum, [, n]) => sum + n, 0),
      );
    }
    const counted = [...kinds].map(([key, n]) => this.#fill(key, { n }));
    const last = counted.pop() ?? '';
    const holders = counted.length === 0 ? last : this.#fill('holders.and', { some: counted.join(', '), last });
    const values = { ...this.#told(t), said: t.said, holders };
    if (t.holders.length === 0) return this.#fill('getrefcount.alone', values);
    return this.#fill(t.said > t.holders.length ? 'getrefcount' : 'getrefcount.borrowed', values);
  }
  #told(t: { readonly thing: Thing; readonly where: Where }): Values {
    return { ...this.#caused(t.where), thing: this.thing(t.thing) };
  }
  #caused(where: Where): Values {
    return { cause: this.cause(where) };
  }
  #holderOr(holder: Holder | null): string {
    return holder === null ? this.#fill('holder.unknown', {}) : this.holder(holder);
  }
  #holders(holders: readonly Holder[]): string {
    const [first] = holders;
    if (first === undefined) return this.#fill('holder.unknown', {});
    if (holders.length === 1) return this.holder(first);
    return this.#fill('holder.more', { first: this.holder(first), n: holders.length - 1 });
  }

  /** {x} is a value, {X} the same with a capital; [|s] goes by the last number filled in. */
  #fill(key: MessageKey, values: Values): string {
    let last = 0;
    return this.#messages[key].replace(
      /\{(\w+)\}|\[([^\]|]*)\|([^\]]*)\]/g,
      (_, name: string, one: string, many: string) => {
        if (name === undefined) return last === 1 ? one : many;
        const lower = name[0] === name[0]?.toUpperCase() ? name[0]!.toLowerCase() + name.slice(1) : name;
        const value = values[lower] ?? '';
        if (typeof value === 'number') last = value;
        const text = String(value);
        return lower === name ? text : text.slice(0, 1).toUpperCase() + text.slice(1);
      },
    );
  }
}

const hex = (address: number): string => `0x${address.toString(16)}`;

function moveKey(from: ListName, to: ListName): MessageKey {
  if (to === 'permanent') return 'generation.frozen';
  if (from === 'permanent') return 'generation.thawed';
  if (from === 'apart') return to === 'apart' ? 'generation.between' : 'generation.back';
  return to === 'apart' ? 'generation.apart' : 'generation';
}

function namesShortened(values: Values): Values {
  const short = Object.entries(values).map(([k, value]) => [k, typeof value === 'string' ? shortened(value) : value]);
  return Object.fromEntries(short) as Values;
}
function shortened(text: string): string {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  return characters.length <= QUOTED ? characters.join('') : `${characters.slice(0, QUOTED - 1).join('')}…`;
}
/** Printed text on one line, in quotes. */
function quoted(text: string): string {
  return text === '\n' ? '“⏎”' : `“${shortened(text.replace(/\n$/, '').replaceAll('\n', ' ⏎ '))}”`;
}
