// Statements that ask about memory or make it interesting: aliases, cycles, counts, collections, weak references, finalizers.
import { block, clauses, line } from './tree.mjs';
import { CONTAINERS, KINDS } from './scope.mjs';

/** One question whose answer shows the state of the memory. */
export function probe({ rng, expressions }, scope) {
  const kind = rng.pick(KINDS);
  const name = expressions.name(kind, scope);
  const container = expressions.name(rng.pick(CONTAINERS), scope);
  const value = name ?? expressions.any(scope, 1);
  return line(
    rng.weighted([
      [5, `print('count', sys.getrefcount(${value}))`],
      [3, `print('size', sys.getsizeof(${value}))`],
      [4, `print('collect', gc.collect(${rng.pick(['', '', '0', '1', '2'])}))`],
      [2, `print('tracked', gc.is_tracked(${value}))`],
      [2, `print('same', ${value} is ${expressions.any(scope, 1)})`],
      [2, `print('referents', len(gc.get_referents(${value})))`],
      [container === null ? 0 : 2, `print('referrers', len(gc.get_referrers(${container})))`],
      [1, `print('counts', gc.get_count())`],
      [1, `print('finalized', gc.is_finalized(${value}))`],
      [1, `sys._clear_type_cache(); print('blocks', sys.getallocatedblocks() - blocks)`],
      [1, `print('objects', len(gc.get_objects()))`],
      [1, `print('garbage', len(gc.garbage))`],
    ]),
  );
}

/** A cycle, an alias, a reference hidden somewhere. */
export function tie({ rng, expressions }, scope) {
  const pick = (kind) => expressions.name(kind, scope);
  const [l, m, d, o, p] = [pick('l'), pick('l'), pick('d'), pick('o'), pick('o')];
  const choices = [[1, [line(`spare = [${expressions.any(scope, 1)}]`)]]];
  if (l !== null) {
    choices.push([2, [line(`${l}.append(${l})`)]], [2, [line(`${l}.append(${m})`), line(`${m}.append(${l})`)]]);
    choices.push([1, [line(`${l}.append((${l}, ${m}))`)]], [1, [line(`${l}.append(Plain(lambda: ${l}))`)]]);
    choices.push([1, [line(`${l}.append(Plain(iter(${l})))`)]], [1, [line(`${l}.append(Plain(${l}.append))`)]]);
  }
  if (d !== null) choices.push([2, [line(`${d}['self'] = ${d}`)]], [1, [line(`${d}[0] = ${d}.values()`)]]);
  if (d !== null && l !== null) choices.push([2, [line(`${d}['list'] = ${l}`), line(`${l}.append(${d})`)]]);
  if (o !== null) {
    choices.push([3, [line(`${o}.me = ${o}`)]], [3, [line(`${o}.other = ${p}`), line(`${p}.other = ${o}`)]]);
    choices.push([1, [line(`${o}.__dict__['more'] = ${expressions.any(scope, 1)}`)]]);
    choices.push([1, [line(`${o}.method = Plain(${o}.__repr__)`)]], [1, [line(`${o}.__dict__ = {'new': ${o}}`)]]);
    if (l !== null) choices.push([2, [line(`${o}.items = ${l}`), line(`${l}.append(${o})`)]]);
  }
  return rng.weighted(choices);
}

/** A weak reference, with or without a callback, or a look through one. */
export function weak({ rng, expressions, fresh }, scope) {
  const target = expressions.name(rng.pick(['o', 'o', 'e']), scope);
  const known = expressions.name('w', scope);
  if (target === null || (known !== null && rng.oneIn(2)))
    return known === null ? line('pass') : line(`print('alive', ${known}() is not None)`);
  const name = fresh('w', scope);
  return line(
    rng.pick([
      `${name} = weakref.ref(${target})`,
      `${name} = weakref.ref(${target}, lambda r: print('gone', r() is None))`,
      `${name} = weakref.ref(${target}, lambda r, keep=${expressions.any(scope, 0)}: print('callback'))`,
    ]),
  );
}

/** A class: plain, with a finalizer, with slots, with properties, derived, with its own equality or attributes. */
export function makeClass({ rng, expressions, world }, scope, number) {
  const name = `C${number}`;
  const base = world.classes.length > 0 && rng.oneIn(3) ? rng.pick(world.classes) : '';
  const body = [];
  expressions.inClass = true;
  const shape = rng.below(8);
  if (shape === 0 && base === '') body.push(line("__slots__ = ('value', 'other', '__weakref__')"));
  if (rng.oneIn(3)) body.push(line(`shared = ${expressions.of(rng.pick(['l', 'i', 'd']), scope, 1)}`));
  const init = [line('self.value = value')];
  if (rng.oneIn(2)) init.push(line(`self.extra = ${expressions.of(rng.pick(['l', 'd', 'i', 's']), scope, 1)}`));
  if (base !== '') init.unshift(line('super().__init__(value)'));
  body.push(block('def __init__(self, value=None):', init));
  body.push(block('def __repr__(self):', [line(`return '${name}()'`)]));
  if (rng.oneIn(3)) {
    const last = [line(`print('del ${name}')`)];
    if (rng.oneIn(4)) last.push(line('kept.append(self)'));
    body.push(block('def __del__(self):', last));
  }
  if (shape === 1)
    body.push(block('def __eq__(self, other):', [line('return self.value == getattr(other, "value", 0)')]));
  if (shape === 2) body.push(block('def __getattr__(self, name):', [line("return name + '?'")]));
  if (shape === 3) body.push(line('twice = property(lambda self: (self.value, self.value))'));
  if (shape === 4) body.push(block('def __iter__(self):', [line('yield self.value'), line('yield self')]));
  if (shape === 5)
    body.push(
      block('def __enter__(self):', [line('return self')]),
      block('def __exit__(self, *info):', [line('return False')]),
    );
  if (shape === 6) body.push(block('def __len__(self):', [line(`return ${rng.below(4)}`)]));
  if (shape === 7) body.push(line('make = classmethod(lambda cls, *args: cls(args))'));
  expressions.inClass = false;
  return clauses([`class ${name}${base === '' ? '' : `(${base})`}:`, body]);
}
