# One member of a garbage ring comes back and brings what it reaches; the others' finalizers have run once.
import gc
import weakref
gc.collect()
gc.freeze()
gc.collect()
class N:
    def __init__(self, name, back=False):
        self.name, self.back, self.links = name, back, []
    def __del__(self):
        log.append(self.name)
        if self.back:
            kept.append(self)
log, kept = [], []
def build(names, edges, back):
    ns = {n: N(n, n in back) for n in names}
    for a, b in edges:
        ns[a].links.append(ns[b])
    return {n: weakref.ref(x) for n, x in ns.items()}
def run(names, edges, back=''):
    refs = build(names, edges, back)
    n = gc.collect()
    print(n, log, sorted(x.name for x in kept), [r() is None for r in refs.values()])
    log.clear()
    def reach(x, seen):
        if x.name not in seen:
            seen.add(x.name)
            for y in x.links:
                reach(y, seen)
        return seen
    print([''.join(sorted(reach(x, set()))) for x in kept], [gc.is_finalized(x) for x in kept])
    kept.clear()
    print(gc.collect(), log)
run('abc', ['ab', 'bc', 'ca'])
run('abc', ['ab', 'bc', 'ca'], 'b')
run('abcd', ['ab', 'ba', 'cd', 'dc'], 'a')
run('abcd', ['ab', 'ba', 'bc', 'cd', 'dc'], 'c')
run('abcd', ['ab', 'ba', 'bc', 'cd', 'dc'], 'b')
run('abcde', ['ab', 'ba', 'cd', 'dc', 'de', 'ee'], 'e')
run('ab', ['ab', 'ba'], 'ab')
print(gc.get_stats()[2]['uncollectable'], gc.garbage)
