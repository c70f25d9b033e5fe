// A whole random program: the same for the same seed, valid, ending, printing no address.
import { Expressions } from './expressions.mjs';
import { makeClass } from './memory.mjs';
import { Rng } from './rng.mjs';
import { Scope } from './scope.mjs';
import { Statements } from './statements.mjs';
import { clauses, line, render } from './tree.mjs';

/**
 * What every program starts with: collections made independent of start-up, and the helpers that keep it small. Where blocks are
 * counted the cache of attribute look-ups is emptied first: which names it still holds hangs on CPython's addresses, other in each run.
 */
export const PRELUDE = `import gc, sys, weakref
gc.collect(); gc.freeze(); gc.collect()
kept = []
spare = None
sys._clear_type_cache()
blocks = sys.getallocatedblocks()

class Plain:
    def __init__(self, value=None):
        self.value = value
    def __repr__(self):
        return 'Plain()'

class Manager:
    def __init__(self, silent=False):
        self.silent = silent
    def __enter__(self):
        return self
    def __exit__(self, kind, value, trace):
        print('exit', kind and kind.__name__)
        return self.silent

def big(value, path=()):
    todo, seen = [(value, ())], 0
    while todo:
        value, path = todo.pop()
        seen += 1
        if seen > 150 or len(path) > 30:
            return True
        if isinstance(value, (list, tuple, set, frozenset, dict)) and id(value) not in path:
            path += (id(value),)
            todo += [(item, path) for item in (list(value.values()) if isinstance(value, dict) else value)]
        elif isinstance(value, (str, bytes)) and len(value) > 400:
            return True
    return False

def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        print('returned', repr(stop.value)[:80])

`;

/** @returns {import('./tree.mjs').Statement[]} the statements after the prelude */
export function makeTree(seed) {
  const rng = new Rng(seed);
  const world = { classes: ['Plain'], functions: [], generators: [] };
  const expressions = new Expressions(rng, world);
  const statements = new Statements(rng, world, expressions);
  const scope = new Scope();
  const tree = [];
  const guard = (body) =>
    clauses(['try:', body], ['except Exception as error:', [line('print(type(error).__name__, str(error)[:80])')]]);
  for (let groups = rng.between(5, 14), n = 0; n < groups; n++) {
    const what = rng.below(10);
    if (what < 2) {
      tree.push(guard([makeClass(statements, scope, n)]));
      world.classes.push(`C${n}`);
    } else if (what < 4) {
      tree.push(guard(statements.makeFunction(scope, n, 1)));
    } else tree.push(guard(statements.body(scope, 2, 6)));
    if (rng.oneIn(6)) tree.push(line("print('collect', gc.collect())"));
  }
  if (rng.oneIn(5)) tree.push(...statements.body(scope, 1, 2));
  if (rng.oneIn(3)) tree.push(line('kept.clear()'));
  tree.push(line("print('end', gc.collect(), len(gc.garbage))"));
  return tree;
}

export const sourceOf = (tree) => PRELUDE + render(tree);
export const makeProgram = (seed) => sourceOf(makeTree(seed));
