# zip, map, filter, enumerate, reversed: laziness, strict, errors, exhaustion, refcounts of results.
import sys
print(list(zip('abc', [1, 2])), list(zip()), list(zip('ab')), list(zip([1], [2], [3])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(map(str, range(3))), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])), list(enumerate('ab', 5)), list(enumerate('ab', start=2**64)), list(reversed([1, 2, 3])), list(map(pow, [2, 3], [3, 2], [5, 5])))
for f in (lambda: list(zip('ab', 'abc', strict=True)), lambda: list(zip('abc', 'ab', strict=True)), lambda: list(zip('a', 'b', 'cd', strict=True)), lambda: zip(5), lambda: zip([1], 5), lambda: map(), lambda: map(str), lambda: filter(None), lambda: filter(None, 5), lambda: enumerate(), lambda: enumerate(5), lambda: enumerate([], 'a'), lambda: enumerate([], 1, 2), lambda: list(map(5, [1])), lambda: zip(x=1), lambda: list(map(lambda: 0, [1])), lambda: reversed(), lambda: map(str, [1], x=2), lambda: filter(1, 2, 3)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
log = []
def src(name, n):
    for i in range(n):
        log.append(name + str(i))
        yield i
print(list(zip(src('a', 3), src('b', 2))), log)  # expect: [(0, 0), (1, 1)] ['a0', 'b0', 'a1', 'b1', 'a2']
log.clear()
m = map(lambda x: log.append('f%d' % x) or x * 2, src('m', 3))
print(log, next(m), log, next(m), log)
log.clear()
f = filter(lambda x: x % 2, src('q', 6))
print(next(f), log, next(f), log, next(f), list(f))
z = zip([1, 2], [3, 4])
a = next(z)
i = id(a)
del a
b = next(z)
print(id(b) == i)  # expect: True
z = zip([1, 2], [3, 4])
a = next(z)
b = next(z)
print(a, b, a is b)  # expect: (1, 3) (2, 4) False
e = enumerate('xyz')
print(next(e), e.__next__(), list(e), list(e))  # expect: (0, 'x') (1, 'y') [(2, 'z')] []
r = reversed([1, 2, 3])
print(r.__length_hint__(), next(r), list(r), r.__length_hint__())  # expect: 3 3 [2, 1] 0
def g():
    raise KeyError('in map')
    yield
try:
    list(map(str, g()))
except KeyError as e:
    print('KeyError', e)
def stop(x):
    if x == 2: raise StopIteration
    return x
print(list(map(stop, [1, 2, 3])), list(filter(stop, [1, 3, 2, 4])))  # expect: [1] [1, 3]
it = iter([1, 2, 3, 4, 5, 6, 7])
print(list(zip(*[it] * 3)), list(it))  # expect: [(1, 2, 3), (4, 5, 6)] []
print(dict(map(lambda p: (p[1], p[0]), enumerate('abc'))), [*zip(*[(1, 2), (3, 4)])], type(map(str, [])), isinstance(zip(), zip), iter(m) is m, sum(map(len, ['a', 'bb'])))
o = object()
n = sys.getrefcount(o)
lst = list(zip([o], [o]))
print(sys.getrefcount(o) - n)  # expect: 2
class Z(zip): pass
print(list(Z('ab', 'cd')), type(Z()).__name__)  # expect: [('a', 'c'), ('b', 'd')] Z
