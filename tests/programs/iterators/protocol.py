# The iterator protocol: __iter__, __next__, sequence iteration, iter with a sentinel, errors.
# portable
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration('done')
        self.n -= 1
        return self.n
print(list(Count(3)), tuple(Count(2)), sum(Count(5)), max(Count(4)), [*Count(2)], sorted(Count(3)), 2 in Count(5), dict(zip('ab', Count(2))), set(Count(2)), ','.join(map(str, Count(3))))
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), [x for x in Seq()], list(iter(Seq())), list(enumerate(Seq())), max(Seq()))
try:
    list(reversed(Seq()))
except TypeError as e:
    print(e)
class Seq2(Seq):
    def __len__(self): return 3
print(list(reversed(Seq2())))  # expect: [20, 10, 0]
class Rev:
    def __reversed__(self): return iter('rev')
print(list(reversed(Rev())))  # expect: ['r', 'e', 'v']
n = 0
def tick():
    global n
    n += 1
    return n
print(list(iter(tick, 5)), n)  # expect: [1, 2, 3, 4] 5
it = iter([1])
print(next(it), next(it, 'default'))  # expect: 1 default
try:
    next(it)
except StopIteration as e:
    print('StopIteration', e.value, e.args)
try:
    next(Count(0))
except StopIteration as e:
    print(e.value, e.args)
class NoNext:
    def __iter__(self): return self
class BadIter:
    def __iter__(self): return 5
class NotIter: pass
class NoneIter:
    __iter__ = None
    def __getitem__(self, i): return 1
for f in (lambda: iter(5), lambda: iter(NoNext()), lambda: iter(BadIter()), lambda: list(NotIter()), lambda: next(5), lambda: next([]), lambda: iter(5, 1), lambda: iter(NoneIter()), lambda: [*5], lambda: 1 in NotIter(), lambda: next(), lambda: iter(), lambda: reversed(5), lambda: 5 in NoneIter(), lambda: reversed({1})):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Err:
    def __iter__(self): raise ValueError('in iter')
class ErrNext:
    def __iter__(self): return self
    def __next__(self): raise ValueError('in next')
for c in (Err, ErrNext):
    try:
        for x in c(): pass
    except ValueError as e:
        print(e)
for t in ([], (), '', b'', {}, set(), range(0), bytearray(), {}.items(), iter(tick, 0), iter(Seq()), reversed([]), enumerate([]), zip(), map(str, []), filter(None, []), memoryview(b'')):
    print(type(iter(t)).__name__, end=' ')
print()
i = iter('abc')
print(iter(i) is i, [(a, b) for a in i for b in i], list(i))  # expect: True [('a', 'b'), ('a', 'c')] []
a = iter([1, 2, 3, 4])
print(list(zip(a, a)), [x for x in Count(3) if x], min(Count(3), default=9), min([], default='d'), all(Count(3)), any(Count(1)))
