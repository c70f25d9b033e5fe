from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

data = [10.5, 20.5, 30.5]
named = {'a': [1], 'b': [2]}
its = [iter(data), enumerate(data), zip(data, 'abc'), map(str, data), filter(None, data), reversed(data), iter(range(5)),
       iter(range(10 ** 20, 10 ** 20 + 3)), iter(named), iter(named.items()), iter(named.values()), reversed(named),
       iter(lambda: data, None), iter({1000, 2000}), iter('\xe9\u0416'), iter(bytearray(b'xyz'))]
for it in its:
    next(it)
class Sequence:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return [i]
by_index = iter(Sequence()); next(by_index)
exhausted = iter(data); list(exhausted)
def loops():
    for i, (x, y) in enumerate(zip(data, named)):
        for c in map(lambda z: [z], 'pq'):
            read(0, 1)
loops()
