# Iterators that run Python: generators, __next__, map, filter, enumerate and zip, taken by natives.
import sys


def numbers(n, end=None):
    for i in range(n):
        for j in range(15):
            pass
        print('inside', i, flush=True)
        yield i
    return end


print(list(numbers(3)), tuple(numbers(2)), [*numbers(2)], (lambda *a: a)(*numbers(2)))
print(max(numbers(2)), min(numbers(2)), any(numbers(3)), all(numbers(2)), sorted(numbers(2), reverse=True))
print(list(map(str, numbers(2, 'end'))), list(enumerate(numbers(2, 'end'))), list(zip(numbers(2), 'abc')))
row = [7]
row.extend(numbers(2))
row += numbers(1)
print(row)
for x in map(lambda a, b: a * b, numbers(2, 'end'), [3, 4, 5]):
    print('map', x)
for x in filter(lambda v: v % 2, numbers(4, 'end')):
    print('filter', x)
for i, x in enumerate(numbers(2, 'end')):
    print('enumerate', i, x)
for a, b in zip(numbers(2, 'end'), numbers(3)):
    print('zip', a, b)


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.i += 1
        if self.i > self.n:
            raise StopIteration('done')
        for j in range(15):
            pass
        print('next', self.i, flush=True)
        return self.i


for x in Count(2):
    print('for', x)
print(list(Count(2)), tuple(Count(1)), next(Count(3)), next(Count(0), 'default'))
try:
    next(Count(0))
except StopIteration as e:
    print('stopped', e.value)
g = numbers(1, 'value')
print(next(g))
for step in (lambda: next(g), lambda: next(g), lambda: g.send(None)):
    try:
        step()
    except StopIteration as e:
        print(repr(e), e.value)


def talk():
    got = None
    while True:
        got = yield got
        print('got', got)
        if got == 'stop':
            return 'bye'


t = talk()
try:
    t.send(1)
except TypeError as e:
    print(e)
print(t.send(None), t.send('a'), t.send('b'))
try:
    t.send('stop')
except StopIteration as e:
    print(e.value)


def fails():
    yield 1
    raise KeyError('in the generator')


for take in (list, tuple, max, sorted, lambda i: list(map(str, i)), lambda i: [x for x in filter(None, i)]):
    try:
        take(fails())
    except KeyError as e:
        print('failed', e)


def stops():
    yield 1
    raise StopIteration


try:
    list(stops())
except RuntimeError as e:
    print(e, '/', repr(e.__cause__))


def again():
    return next(me)


me = (again() for _ in range(2))
try:
    next(me)
except ValueError as e:
    print(e)
kept = object()
gen = (kept for _ in range(2))
held = list(gen)
print(sys.getrefcount(kept), len(held))


def nest(n):
    return list(map(nest, [n + 1]))


try:
    nest(0)
except RecursionError as e:
    print(e)
