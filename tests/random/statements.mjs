// Random statements over the language. What can raise is caught by the groups that program.mjs puts around.
import * as memory from './memory.mjs';
import { CONTAINERS, KINDS, Scope } from './scope.mjs';
import { block, clauses, line } from './tree.mjs';

const CAUGHT = 'except Exception as error:';
const SAY = line('print(type(error).__name__, str(error)[:80])');

export class Statements {
  constructor(rng, world, expressions) {
    this.rng = rng;
    this.world = world;
    this.expressions = expressions;
    this.count = 0;
    this.fresh = (kind, scope) => {
      const name = `${kind}${this.count++}`;
      scope.own.set(name, kind);
      return name;
    };
  }

  body(scope, depth, most = 4) {
    const list = [];
    for (let n = this.rng.between(1, most); n > 0; n--) list.push(...this.statement(scope, depth));
    return list;
  }

  /** A body that may not run: most of the names that it binds are not counted on afterwards. */
  branch(scope, depth, most) {
    const before = new Set(scope.own.keys());
    const list = this.body(scope, depth, most);
    for (const name of [...scope.own.keys()]) if (!before.has(name) && !this.rng.oneIn(5)) scope.own.delete(name);
    return list;
  }

  /** One statement, or a few that belong together. */
  statement(scope, depth = 2) {
    const { rng } = this;
    return rng.weighted([
      [10, () => this.assign(scope)],
      [3, () => this.alias(scope)],
      [4, () => this.mutate(scope)],
      [3, () => this.augment(scope)],
      [2, () => this.remove(scope)],
      [6, () => [memory.probe(this, scope)]],
      [4, () => memory.tie(this, scope)],
      [2, () => [memory.weak(this, scope)]],
      [4, () => [line(`print(repr(${this.expressions.any(scope, 2)})[:200])`)]],
      [1, () => this.unpack(scope)],
      [2, () => this.generatorUse(scope)],
      [depth > 0 ? 3 : 0, () => [this.choose(scope, depth)]],
      [depth > 0 && scope.loops < 2 ? 3 : 0, () => this.loop(scope, depth)],
      [depth > 0 ? 3 : 0, () => [this.trying(scope, depth)]],
      [depth > 0 ? 1 : 0, () => [this.matching(scope, depth)]],
      [depth > 0 ? 1 : 0, () => [this.managed(scope, depth)]],
      [
        scope.isFunction && scope.loops === 0 ? 1 : 0,
        () => [line(`if ${this.expressions.condition(scope)}: return ${this.expressions.any(scope, 1)}`)],
      ],
      [1, () => [line(`assert ${this.expressions.condition(scope)}, 'no'`)]],
      [
        1,
        () => [
          line(`raise ${rng.pick(['ValueError', 'KeyError', 'RuntimeError'])}(${this.expressions.any(scope, 0)})`),
        ],
      ],
    ])();
  }

  /** Keeps what is bound small: a container that would print long is emptied of its holders. */
  bounded(name, kind) {
    if (kind === 'i') return [line(`${name} %= 1000003`)];
    if (kind === 's' || kind === 'y') return [line(`${name} = ${name}[:99]`)];
    // no way to a nan: its hash is its address, so that CPython has no one order for a set that it is in
    if (kind === 'f') return [line(`if not 1e-30 < abs(${name}) < 1e30: ${name} = 1.5`)];
    if (CONTAINERS.includes(kind) && kind !== 'o')
      return [line(`if big(${name}): ${name} = ${{ l: '[]', t: '()', d: '{}', e: 'set()' }[kind]}`)];
    return [];
  }

  assign(scope) {
    const { rng, expressions } = this;
    const kind = rng.pick([...KINDS, 'l', 'd', 'o', 'l']);
    const value = expressions.of(kind, scope, 2);
    const own = scope.ownNames(kind);
    const name = own.length > 2 && rng.oneIn(2) ? rng.pick(own) : this.fresh(kind, scope);
    const plain = /^[[{('"\d-][^a-z]*$/.test(value);
    const text = rng.weighted([
      [8, `${name} = ${value}`],
      [1, `${name} = spare = ${value}`],
      [1, `(${name} := ${value})`],
      [kind === 'i' ? 1 : 0, `${name}: int = ${value}`],
    ]);
    return [line(text), ...(plain ? [] : this.bounded(name, kind))];
  }

  alias(scope) {
    const kind = this.rng.pick(KINDS);
    const source = this.expressions.name(kind, scope);
    if (source === null) return this.assign(scope);
    return [line(`${this.fresh(kind, scope)} = ${source}`)];
  }

  unpack(scope) {
    const { rng, expressions } = this;
    const [a, b] = [this.fresh('i', scope), this.fresh('l', scope)];
    return [
      line(
        rng.pick([
          `${a}, *${b} = ${expressions.of('i', scope, 0)}, ${expressions.any(scope, 1)}, ${expressions.any(scope, 0)}`,
          `${a}, ${b} = ${expressions.of('i', scope, 0)}, ${expressions.of('l', scope, 1)}`,
          `*${b}, ${a} = ${expressions.of('l', scope, 1)} + [1]`,
          `(${a}, (${b}, spare)) = (1, ([2], ${expressions.any(scope, 0)}))`,
        ]),
      ),
    ];
  }

  augment(scope) {
    const { rng, expressions } = this;
    const kind = rng.pick(['i', 'i', 's', 'l', 'd', 'e', 'f', 't']);
    const names = scope.ownNames(kind);
    if (names.length === 0) return this.assign(scope);
    const name = rng.pick(names);
    const operator = {
      i: rng.pick(['+', '-', '*', '|', '//', '%']),
      s: '+',
      l: '+',
      d: '|',
      e: rng.pick(['|', '&', '-', '^']),
      f: rng.pick(['+', '*']),
      t: '+',
    }[kind];
    return [line(`${name} ${operator}= ${expressions.of(kind, scope, 1)}`), ...this.bounded(name, kind)];
  }

  mutate(scope) {
    const { rng, expressions } = this;
    const kind = rng.pick(['l', 'l', 'd', 'd', 'e', 'o']);
    const name = expressions.name(kind, scope);
    if (name === null) return this.assign(scope);
    const any = () => expressions.any(scope, 1);
    const key = () => expressions.hashable(scope, 1);
    const texts = {
      l: () => [
        `${name}.append(${any()})`,
        `${name}.extend(tuple(${expressions.iterable(scope)}))`,
        `${name}.insert(${rng.below(3)}, ${any()})`,
        `${name}.pop(${rng.pick(['', '0', '-1'])})`,
        `${name}[${rng.pick(['0', '-1', '1:2', '::2', ':', '1:'])}] = ${rng.pick([any(), expressions.of('l', scope, 1)])}`,
        `del ${name}[${rng.pick(['0', '-1', ':1', '::2', '1:'])}]`,
        `${name}.reverse()`,
        `${name}.sort(key=repr)`,
        `${name}.remove(${any()})`,
        `${name}.clear()`,
        `print(${name}.count(${any()}), ${name}.index(${any()}))`,
      ],
      d: () => [
        `${name}[${key()}] = ${any()}`,
        `${name}[${key()}] = ${any()}`,
        `del ${name}[${key()}]`,
        `${name}.pop(${key()}, None)`,
        `${name}.update(${expressions.of('d', scope, 1)})`,
        `${name}.setdefault(${key()}, []).append(${any()})`,
        `print(repr(${name}.get(${key()}))[:99])`,
        `${name}.popitem()`,
        `${name}.clear()`,
      ],
      e: () => [
        `${name}.add(${key()})`,
        `${name}.discard(${key()})`,
        `${name}.pop()`,
        `${name}.update(range(${rng.below(30)}))`,
      ],
      o: () => [
        `${name}.value = ${any()}`,
        `${name}.x${rng.below(5)} = ${any()}`,
        `del ${name}.value`,
        `print(repr(${name}.value)[:99])`,
        `setattr(${name}, 'k' + str(${rng.below(40)}), ${any()})`,
        `print(len(vars(${name})))`,
        `${name}.value.append(${any()})`,
      ],
    };
    return [
      line(rng.pick(texts[kind]())),
      ...(kind === 'l' || kind === 'd' ? [line(`if big(${name}): ${name}.clear()`)] : []),
    ];
  }

  remove(scope) {
    const kind = this.rng.pick([...KINDS, 'o', 'l']);
    const names = scope.ownNames(kind);
    if (names.length < 2) return [memory.probe(this, scope)];
    const name = this.rng.pick(names);
    if (this.rng.oneIn(3)) return [line(`${name} = ${this.expressions.of(kind, scope, 0)}`)];
    scope.own.delete(name);
    return [line(`del ${name}`)];
  }

  choose(scope, depth) {
    const pairs = [[`if ${this.expressions.condition(scope)}:`, this.branch(scope, depth - 1, 3)]];
    if (this.rng.oneIn(3)) pairs.push([`elif ${this.expressions.condition(scope)}:`, this.branch(scope, depth - 1, 2)]);
    if (this.rng.oneIn(2)) pairs.push(['else:', this.branch(scope, depth - 1, 2)]);
    return clauses(...pairs);
  }

  loop(scope, depth) {
    const { rng, expressions } = this;
    const kind = rng.pick(['for', 'for', 'while']);
    const counter = `n${this.count++}`;
    scope.loops++;
    const body = this.branch(scope, depth - 1, 3);
    if (rng.oneIn(3)) body.push(line(`if ${expressions.condition(scope)}: ${rng.pick(['break', 'continue'])}`));
    scope.loops--;
    const tail = rng.oneIn(4) ? [['else:', [line("print('else')")]]] : [];
    if (kind === 'for') {
      const iterable = expressions.iterable(scope);
      const head = `for ${counter} in ${iterable}:`;
      if (!/[a-z]\d/.test(iterable)) return [clauses([head, body], ...tail)];
      // the body may append to what is being iterated: a count of the turns ends it
      const turns = `turns${counter}`;
      const limit = [line(`${turns} += 1`), line(`if ${turns} > 20: break`)];
      return [line(`${turns} = 0`), clauses([head, [...limit, ...body]], ...tail)];
    }
    return [
      line(`${counter} = ${rng.between(1, 4)}`),
      clauses([`while ${counter} > 0:`, [line(`${counter} -= 1`), ...body]], ...tail),
    ];
  }

  trying(scope, depth) {
    const { rng } = this;
    const handler = rng.weighted([
      [4, [CAUGHT, [SAY, ...this.branch(scope, depth - 1, 2)]]],
      [2, ['except (ValueError, TypeError, KeyError) as error:', [SAY]]],
      [1, [CAUGHT, [SAY, line('kept.append(error)')]]],
      [1, [CAUGHT, [line('raise RuntimeError(1) from error')]]],
      [1, [CAUGHT, [line('raise')]]],
      [1, ['except* ValueError as group:', [line('print(len(group.exceptions))')]]],
    ]);
    const pairs = [['try:', this.branch(scope, depth - 1, 3)], handler];
    if (rng.oneIn(4)) pairs.push(['else:', [line("print('fine')")]]);
    if (rng.oneIn(3)) pairs.push(['finally:', this.branch(scope, depth - 1, 2)]);
    return clauses(...pairs);
  }

  matching(scope, depth) {
    const body = () => this.branch(scope, depth - 1, 1);
    const value = this.expressions.any(scope, 1);
    return block(`match ${value}:`, [
      block('case []:', body()),
      block('case [first, *rest]:', [line('print(len(rest))'), ...body()]),
      block("case {'a': found, **others}:", [line('print(len(others))'), ...body()]),
      block('case int() | float() as number if number:', body()),
      block('case str(text):', [line('print(text[:9])')]),
      block('case _:', body()),
    ]);
  }

  managed(scope, depth) {
    const head = this.rng.pick([
      'with Manager() as manager:',
      'with Manager(), Manager() as manager:',
      'with Manager(True):',
    ]);
    return block(head, this.branch(scope, depth - 1, 2));
  }

  generatorUse(scope) {
    const { rng, expressions, world } = this;
    const known = expressions.name('g', scope);
    if (known !== null && !rng.oneIn(3))
      return [
        line(
          rng.pick([
            `print(repr(next(${known}))[:99])`,
            `print(repr(${known}.send(${expressions.any(scope, 0)}))[:99])`,
            `${known}.close()`,
            `print(repr(list(${known}))[:99])`,
            `${known}.throw(ValueError('thrown'))`,
            `print(repr(next(${known}, None))[:99])`,
            `print(${known}.gi_frame is None)`,
          ]),
        ),
      ];
    const name = this.fresh('g', scope);
    if (world.generators.length > 0 && !rng.oneIn(3))
      return [line(`${name} = ${rng.pick(world.generators)}(${expressions.any(scope, 1)})`)];
    return [line(`${name} = (${expressions.comprehensionItem(scope)} for x in ${expressions.iterable(scope)})`)];
  }

  /** A function: plain, with defaults, with a closure, decorated, a generator or a coroutine. */
  makeFunction(outer, number, depth) {
    const { rng, expressions, world } = this;
    const scope = new Scope(outer);
    scope.isFunction = true;
    const arity = rng.below(4);
    const name = `fun${number}`;
    const parameters = [];
    for (let i = 0; i < arity; i++) {
      scope.own.set(`p${i}`, rng.pick(KINDS));
      const optional = parameters.some((p) => p.includes('=')) || rng.oneIn(4);
      parameters.push(optional ? `p${i}=${expressions.of(scope.own.get(`p${i}`), outer, 0)}` : `p${i}`);
    }
    if (rng.oneIn(5)) parameters.push('*rest');
    if (rng.oneIn(6)) parameters.push('**named');
    const body = [];
    const globals = outer.outer === null ? outer.ownNames(rng.pick(KINDS)) : [];
    if (globals.length > 0 && rng.oneIn(4)) {
      const shared = rng.pick(globals);
      body.push(line(`global ${shared}`));
      scope.own.set(shared, outer.own.get(shared));
    }
    const form = rng.weighted([
      [5, 'plain'],
      [2, 'generator'],
      [1, 'coroutine'],
      [2, 'closure'],
    ]);
    body.push(...this.body(scope, depth, 4));
    if (form === 'generator') {
      body.splice(
        rng.between(globals.length > 0 ? 1 : 0, body.length),
        0,
        line(`got = yield ${expressions.any(scope, 1)}`),
      );
      if (rng.oneIn(2))
        body.push(
          clauses(['try:', [line(`yield ${expressions.any(scope, 1)}`)]], ['finally:', [line("print('closed')")]]),
        );
      if (rng.oneIn(3)) body.push(line(`yield from ${expressions.iterable(scope)}`));
    }
    if (form === 'closure') {
      const inner = expressions.name(rng.pick(KINDS), scope) ?? '1';
      body.push(line(`kept.append(lambda: ${inner})`));
    }
    body.push(line(`return ${expressions.any(scope, 1)}`));
    const pad = Math.max(arity, 1);
    if (form === 'generator')
      world.generators.push(
        arity === 1 && !parameters[0].includes('=') ? name : `(lambda *a: ${name}(*(a * ${pad})[:${arity}]))`,
      );
    else if (form === 'coroutine')
      return [
        block(`async def ${name}(${parameters.join(', ')}):`, body),
        line(`drive(${name}(${Array(arity).fill('1').join(', ')}))`),
      ];
    else world.functions.push({ name, arity });
    const head = `def ${name}(${parameters.join(', ')}):`;
    return [block(head, body)];
  }
}
