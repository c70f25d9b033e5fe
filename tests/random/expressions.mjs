// Random expressions by kind of value. Each is valid, ends, and prints no address; it may raise.
import { KINDS } from './scope.mjs';

const WORDS = ['a', 'bc', 'key', 'é', '€uro', '😀', 'moult', '', 'x y', 'Spam', '0', 'ÿ'];
const INTS = [
  '0',
  '1',
  '2',
  '-1',
  '7',
  '255',
  '256',
  '257',
  '-5',
  '-6',
  '1000',
  '2**30',
  '2**60',
  '-(2**31)',
  '10**20',
];
const FLOATS = ['0.0', '1.5', '-2.25', '1e10', '0.1', '1e15', '3.0'];

export class Expressions {
  /** @param {import('./rng.mjs').Rng} rng @param {{ classes: string[], functions: { name: string, arity: number }[] }} world */
  constructor(rng, world) {
    this.rng = rng;
    this.world = world;
    /** In a class body an assignment expression may not stand in a comprehension. */
    this.inClass = false;
  }

  /** An expression of any kind. */
  any(scope, depth = 2) {
    return this.of(this.rng.pick(KINDS), scope, depth);
  }

  /** Something that can be a key, and whose hash is no address: so that sets have one order everywhere. */
  hashable(scope, depth = 1) {
    if (this.rng.oneIn(6)) return this.t(scope, 0);
    return this.of(this.rng.pick(['i', 's', 's', 'f', 'y']), scope, depth);
  }

  name(kind, scope) {
    const names = scope.names(kind);
    return names.length === 0 ? null : this.rng.pick(names);
  }

  of(kind, scope, depth = 2) {
    const name = this.name(kind, scope);
    if (name !== null && (depth <= 0 || this.rng.below(5) < 2)) return name;
    return this[kind](scope, depth);
  }

  /** An iterable, of few items. */
  iterable(scope, depth = 1) {
    const { rng } = this;
    return rng.weighted([
      [4, `range(${rng.below(5)})`],
      [3, this.of('l', scope, depth - 1)],
      [2, this.of('t', scope, depth - 1)],
      [1, `sorted(${this.of('d', scope, depth - 1)}, key=repr)`],
      [1, `list(${this.of('d', scope, depth - 1)}.items())[:5]`],
      [1, `enumerate(${this.of('l', scope, depth - 1)})`],
      [1, `zip(${this.of('l', scope, depth - 1)}, range(4))`],
      [1, `reversed(${this.of('l', scope, depth - 1)})`],
      [1, `map(repr, ${this.of('l', scope, depth - 1)})`],
      [1, `filter(None, ${this.of('t', scope, depth - 1)})`],
      [1, `(q for q in ${this.of('l', scope, depth - 1)})`],
      [1, `iter(${this.of('l', scope, depth - 1)})`],
    ]);
  }

  condition(scope, depth = 1) {
    const { rng } = this;
    const a = () => this.any(scope, depth - 1);
    return rng.weighted([
      [
        3,
        `${this.of('i', scope, depth - 1)} ${rng.pick(['<', '<=', '==', '!=', '>', '>='])} ${this.of('i', scope, depth - 1)}`,
      ],
      [2, `${a()} == ${a()}`],
      [1, `${a()} is ${a()}`],
      [1, `${a()} is not ${a()}`],
      [2, `${this.hashable(scope, 0)} in ${this.of(rng.pick(['l', 'd', 't', 'e']), scope, depth - 1)}`],
      [1, `not ${a()}`],
      [1, `isinstance(${a()}, (int, str))`],
      [1, `${this.of('i', scope, 0)} < ${this.of('i', scope, 0)} <= ${this.of('i', scope, 0)}`],
      [1, a()],
    ]);
  }

  i(scope, depth) {
    const { rng } = this;
    const i = () => this.of('i', scope, depth - 1);
    if (depth <= 0) return rng.pick(INTS);
    return rng.weighted([
      [5, rng.pick(INTS)],
      [4, `(${i()} ${rng.pick(['+', '-', '*', '&', '|', '^', '//', '%'])} ${i()})`],
      [1, `(${i()} % 10007)`],
      [1, `(${i()} >> ${rng.below(9)})`],
      [1, `(${i()} % 1000 << ${rng.below(70)})`],
      [1, `-${i()}`],
      [1, `~${i()}`],
      [2, `len(${this.of(rng.pick(['l', 't', 'd', 'e', 's', 'y']), scope, depth - 1)})`],
      [1, `hash(${this.of(rng.pick(['i', 's', 'f', 'y']), scope, depth - 1)}) % 1009`],
      [1, `int(${this.of('f', scope, 0)})`],
      [1, `sum(x for x in ${this.of('l', scope, 0)} if type(x) is int)`],
      [1, `abs(${i()})`],
      [1, `(${i()} if ${this.condition(scope, depth - 1)} else ${i()})`],
      [1, `int(${this.condition(scope, depth - 1)})`],
      [1, `(lambda u, *v: u)(${i()}, ${this.any(scope, 0)})`],
      [1, `divmod(${i()}, 7)[${rng.below(2)}]`],
      [1, `max(${i()}, ${i()})`],
      [1, `(${i()}).bit_length()`],
      [1, `${this.of('s', scope, 0)}.find('e')`],
      [this.world.functions.length > 0 ? 2 : 0, this.call(scope, depth)],
    ]);
  }

  f(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return rng.pick(FLOATS);
    const f = () => this.of('f', scope, depth - 1);
    return rng.weighted([
      [4, rng.pick(FLOATS)],
      [3, `(${f()} ${rng.pick(['+', '-', '*', '/'])} ${f()})`],
      [1, `(${this.of('i', scope, 0)} / 3)`],
      [1, `float(${this.of('i', scope, 0)} % 100)`],
      [1, `round(${f()}, 2)`],
      [1, `abs(${f()})`],
    ]);
  }

  s(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return `'${rng.pick(WORDS)}'`;
    const s = () => this.of('s', scope, depth - 1);
    return rng.weighted([
      [4, `'${rng.pick(WORDS)}'`],
      [2, `(${s()} + ${s()})`],
      [2, `f"${rng.pick(WORDS)}{${this.of('i', scope, 0)}}"`],
      [1, `f"{${this.of('i', scope, 0)}:>6}|{${this.of('f', scope, 0)}!r}"`],
      [1, `(${s()} * ${rng.below(4)})`],
      [1, `${s()}.${rng.pick(['upper', 'lower', 'title', 'strip', 'swapcase'])}()`],
      [1, `${s()}.replace('a', ${s()})`],
      [1, `${s()}[${rng.pick(['::-1', '1:', ':2', '-1:', '::2', ''])}`.replace(/\[$/, '[:') + ']'],
      [1, `'-'.join(map(str, ${this.of('t', scope, 0)}))[:60]`],
      [1, `repr(${this.any(scope, depth - 1)})[:80]`],
      [1, `str(${this.of('i', scope, depth - 1)})`],
      [1, `chr(${rng.pick(['97', '233', '8364', '128512'])})`],
      [1, `'%s:%r' % (${this.of('i', scope, 0)}, ${s()})`],
      [1, `'{} {x}'.format(${this.of('i', scope, 0)}, x=${s()})`],
      [1, `type(${this.any(scope, 0)}).__name__`],
      [1, `${s()}.encode().decode()`],
    ]);
  }

  y(scope, depth) {
    const { rng } = this;
    const simple = `b'${rng.pick(['', 'a', 'abc', '\\x00\\xff', 'moult'])}'`;
    if (depth <= 0) return simple;
    return rng.weighted([
      [3, simple],
      [1, `(${this.of('y', scope, depth - 1)} + ${simple})`],
      [1, `bytes(${rng.below(6)})`],
      [1, `${this.of('s', scope, 0)}.encode()`],
      [1, `bytes(bytearray(${simple}) * 2)`],
      [1, `bytes(memoryview(${this.of('y', scope, 0)})[:2])`],
    ]);
  }

  items(scope, depth, most = 4) {
    const list = [];
    for (let n = this.rng.below(most); n > 0; n--) list.push(this.any(scope, depth));
    if (this.rng.oneIn(6)) list.push(`*${this.iterable(scope, 0)}`);
    return list;
  }

  l(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return rng.pick(['[]', '[1]', '[1, 2, 3]', "['a', 'b']", '[None]']);
    return rng.weighted([
      [4, `[${this.items(scope, depth - 1).join(', ')}]`],
      [2, `[${this.comprehensionItem(scope)} for x in ${this.iterable(scope, depth)}${this.filter(scope)}]`],
      [1, `list(${this.iterable(scope, depth)})`],
      [1, `(${this.of('l', scope, depth - 1)} + [${this.any(scope, 0)}])[:40]`],
      [1, `${this.of('l', scope, depth - 1)}[${rng.pick(['1:', ':2', '::-1', '::2', ':', '-2:'])}]`],
      [
        1,
        `sorted(${this.of('l', scope, depth - 1)}, key=${rng.pick(['repr', 'str', 'lambda z: (type(z).__name__, repr(z))'])})`,
      ],
      [1, `[[] for _ in range(${rng.below(4)})]`],
      [1, `${this.of('s', scope, 0)}.split('e')`],
      [1, `list(${this.of('d', scope, 0)}.${rng.pick(['values', 'keys', 'items'])}())`],
      [1, `[${this.any(scope, 0)}] * ${rng.below(4)}`],
    ]);
  }

  t(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return rng.pick(['()', '(1,)', '(1, 2)', "('a', 2.5, None)", '((), (3,))']);
    const items = this.items(scope, depth - 1);
    return rng.weighted([
      [4, items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`],
      [1, `tuple(${this.iterable(scope, depth)})`],
      [1, `(${this.of('t', scope, depth - 1)} + (${this.any(scope, 0)},))[:20]`],
      [1, `${this.of('t', scope, depth - 1)}[${rng.pick(['1:', ':1', '::-1', ':'])}]`],
      [1, `(${this.any(scope, 0)}, ${this.any(scope, 0)})`],
    ]);
  }

  d(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return rng.pick(['{}', "{'a': 1}", "{1: 'one', 2: 'two'}", 'dict(key=1, other=[])']);
    const pairs = [];
    for (let n = rng.below(4); n > 0; n--) pairs.push(`${this.hashable(scope, 0)}: ${this.any(scope, depth - 1)}`);
    if (rng.oneIn(5)) pairs.push(`**${this.of('d', scope, 0)}`);
    return rng.weighted([
      [4, `{${pairs.join(', ')}}`],
      [
        2,
        `{x: ${this.any(scope, 0)} for x in ${rng.pick([`range(${rng.below(12)})`, this.of('s', scope, 0), 'map(str, range(6))'])}}`,
      ],
      [1, `dict(zip(map(str, range(${rng.below(9)})), ${this.of('l', scope, depth - 1)}))`],
      [1, `(${this.of('d', scope, depth - 1)} | ${this.of('d', scope, depth - 1)})`],
      [1, `dict(${this.of('d', scope, depth - 1)})`],
      [1, `${this.of('d', scope, depth - 1)}.copy()`],
      [1, `dict.fromkeys(${this.of('s', scope, 0)}, ${this.any(scope, 0)})`],
    ]);
  }

  e(scope, depth) {
    const { rng } = this;
    if (depth <= 0) return rng.pick(['set()', '{1, 2}', "{'a'}", 'frozenset((1, 2))']);
    return rng.weighted([
      [3, `{${this.hashable(scope, 0)}, ${this.hashable(scope, 0)}}`],
      [1, `{x % 5 for x in range(${rng.below(20)})}`],
      [1, `set(${this.of('s', scope, 0)})`],
      [1, `frozenset(range(${rng.below(8)}))`],
      [2, `(${this.of('e', scope, depth - 1)} ${rng.pick(['|', '&', '-', '^'])} ${this.of('e', scope, depth - 1)})`],
    ]);
  }

  o(scope, depth) {
    const { rng, world } = this;
    if (world.classes.length === 0) return 'Plain()';
    const made = rng.pick(world.classes);
    const argument = rng.oneIn(3) ? '' : this.any(scope, Math.max(0, depth - 1));
    return `${made}(${argument})`;
  }

  /** A call of one of the program's functions, in one of the ways to call. */
  call(scope, depth) {
    const { rng, world } = this;
    if (world.functions.length === 0) return '0';
    const { name, arity } = rng.pick(world.functions);
    const args = Array.from({ length: arity }, () => this.any(scope, Math.max(0, depth - 1)));
    if (arity > 0 && rng.oneIn(4)) args[arity - 1] = `p${arity - 1}=${args[arity - 1]}`;
    else if (rng.oneIn(5)) return `${name}(*(${args.map((a) => `${a}, `).join('')}))`;
    else if (rng.oneIn(12)) args.push(this.any(scope, 0));
    return `${name}(${args.join(', ')})`;
  }

  comprehensionItem(scope) {
    return this.rng.pick([
      'x',
      '(x, 1)',
      '[x]',
      'repr(x)',
      '{1: x}',
      `(x, ${this.any(scope, 0)})`,
      this.inClass ? 'x' : '(y := x)',
    ]);
  }

  filter(scope) {
    return this.rng.oneIn(4) ? ` if ${this.rng.pick(['x', 'x is not None', `x != ${this.of('i', scope, 0)}`])}` : '';
  }
}
