from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

few = {1, 2, 3}
texts = {'alpha', 'beta', 'gamma'}
many = set()
for i in range(60):
    many.add(i * 1000)
for i in range(0, 60, 2):
    many.discard(i * 1000)
frozen = frozenset([1.5, 2.5, (3, 4)])
of_frozen = {frozen, frozenset()}
literal = 3 in {3, 4, 5}
union = few | {10, 11}
difference = many - {1000}
emptied = {1}
emptied.clear()
class Thing: pass
things = [Thing() for i in range(6)]
held = set(things)
iterating = iter(texts)
comprehended = {n % 7 for n in range(300, 400)}
read(0, 1)
