# Sizes of lists from 0 to 2000 items by every way to grow and shrink one.
import sys
s = sys.getsizeof

def steps(name, sizes):
    """Prints where the size changes and to what, in runs."""
    out, last = [], None
    for n, size in sizes:
        if size != last:
            out.append('%d:%d' % (n, size))
            last = size
    print(name, len(out), ' '.join(out))

def by(change, start=(), count=2000):
    x = list(start)
    yield len(x), s(x)
    for i in range(count):
        change(x, i)
        yield len(x), s(x)

steps('append', by(lambda x, i: x.append(i)))
steps('insert front', by(lambda x, i: x.insert(0, i), count=700))
steps('insert middle', by(lambda x, i: x.insert(len(x) // 2, i), count=700))
steps('extend 1 tuple', by(lambda x, i: x.extend((i,))))
steps('extend 3 list', by(lambda x, i: x.extend([1, 2, 3]), count=600))
steps('+= 7 range', by(lambda x, i: x.__iadd__(range(7)), count=280))
steps('extend generator', by(lambda x, i: x.extend(j for j in (1, 2)), count=500))
steps('extend itself', by(lambda x, i: x.extend(x), start=[1], count=10))
steps('slice insert', by(lambda x, i: x.__setitem__(slice(1, 1), (i, i)), count=600))
steps('pop', by(lambda x, i: x.pop(), start=range(2000)))
steps('pop front', by(lambda x, i: x.pop(0), start=range(800), count=800))
steps('del last', by(lambda x, i: x.__delitem__(-1), start=range(800), count=800))
steps('del two', by(lambda x, i: x.__delitem__(slice(0, 2)), start=range(800), count=400))
steps('del steps', by(lambda x, i: x.__delitem__(slice(0, None, 3)), start=range(800), count=14))
steps('remove', by(lambda x, i: x.remove(i), start=range(500), count=500))
steps('*= 2', by(lambda x, i: x.__imul__(2), start=[1], count=11))

class Hint:
    def __init__(self, n, hint): self.n, self.hint = n, hint
    def __iter__(self): return self
    def __length_hint__(self): return self.hint
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n

steps('list(range)', ((n, s(list(range(n)))) for n in range(0, 2001, 7)))
steps('list(tuple)', ((n, s(list((0,) * n))) for n in range(0, 200)))
steps('list(generator)', ((n, s(list(i for i in range(n)))) for n in range(0, 2001, 3)))
steps('list(iter)', ((n, s(list(iter([0] * n)))) for n in range(0, 300)))
steps('list(map)', ((n, s(list(map(str, range(n))))) for n in range(0, 300)))
steps('list(set)', ((n, s(list(set(range(n))))) for n in range(0, 300)))
steps('list(dict)', ((n, s(list(dict.fromkeys(range(n))))) for n in range(0, 300)))
steps('list(str)', ((n, s(list('x' * n))) for n in range(0, 100)))
for hint in (0, 1, 5, 10, 100, 1000):
    steps('hint %d' % hint, ((n, s(list(Hint(n, hint)))) for n in range(0, 400, 7)))
steps('comprehension', ((n, s([i for i in range(n)])) for n in range(0, 400)))
steps('filtered', ((n, s([i for i in range(n) if i % 3])) for n in range(0, 400)))
steps('slice', ((n, s((list(range(100)))[:n])) for n in range(100)))
steps('[0] * n', ((n, s([0] * n)) for n in range(100)))
steps('a + b', ((n, s([0] * n + [1] * 3)) for n in range(100)))
steps('copy', ((n, s((lambda x: (x.append(1), x.copy())[1])([0] * n))) for n in range(60)))
steps('sorted', ((n, s(sorted(range(n)))) for n in range(60)))
steps('split', ((n, s(('a ' * n).split())) for n in range(60)))
steps('splitlines', ((n, s(('a\n' * n).splitlines())) for n in range(60)))
steps('[*a, *b]', ((n, s([*range(n), *range(3)])) for n in range(60)))
print(s([]), s([1]), s([1, 2]), s([1, 2, 3]), s([1, 2, 3, 4]), s([1, 2, 3, 4, 5, 6, 7, 8, 9]), s([len, len, len, s]))
x = list(range(1000))
x.clear()
print(s(x)); x.append(1); print(s(x))
x = list(range(1000)); x[:] = []; print(s(x))
x = list(range(1000)); x[10:] = [1]; print(s(x))
x = list(range(1000)); del x[1:]; print(s(x))
x = list(range(100)); x[:] = range(101); print(s(x))
x = list(range(100)); x.reverse(); x.sort(); print(s(x))
x = [3, 1, 2]; x.append(0); x.sort(); print(s(x))
a, *b = range(20); print(s(b))
def f(*args): return s(args)
print(f(), f(1), f(*range(30)))
