# Iterators that raise after some items, in everything that consumes them.
# portable
class Boom(Exception): pass
class It:
    def __init__(self, n, make=lambda i: [i]): self.n, self.i, self.make = n, 0, make
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: raise Boom(self.n)
        self.i += 1
        return self.make(self.i)
class BadIter:
    def __iter__(self): raise Boom('iter')
class NotIter:
    def __iter__(self): return 5
class BadHint(It):
    def __length_hint__(self): raise Boom('hint')
class WeirdHint(It):
    def __length_hint__(self): return 'x'
def attempt(name, f):
    for kind, make in [('bad', lambda m: BadIter()), ('not', lambda m: NotIter()), ('hint', lambda m: BadHint(2, m)), ('weird', lambda m: WeirdHint(2, m)),
                       ('0', lambda m: It(0, m)), ('1', lambda m: It(1, m)), ('5', lambda m: It(5, m))]:
        try:
            print(name, kind, f(make))
        except Exception as e:
            print(name, kind, type(e).__name__, e)
item = lambda i: [i]
text = lambda i: 'text %d' % i
pair = lambda i: ('key %d' % i, [i])
num = lambda i: i * 1000
def star(*a): return len(a)
def kw(**k): return len(k)
def consume(it):
    a, *b = it
    return len(b)
def unpack3(it):
    a, b, c = it
    return a
attempt('list', lambda m: list(m(item)))
attempt('tuple', lambda m: tuple(m(item)))
attempt('set', lambda m: set(m(text)))
attempt('frozenset', lambda m: frozenset(m(text)))
attempt('dict', lambda m: dict(m(pair)))
attempt('dict bad', lambda m: dict(m(num)))
attempt('dict text', lambda m: dict(m(text)))
attempt('fromkeys', lambda m: dict.fromkeys(m(text)))
attempt('update', lambda m: {}.update(m(pair)))
attempt('extend', lambda m: [1].extend(m(item)))
attempt('iadd', lambda m: [1].__iadd__(m(item)))
attempt('slice', lambda m: [1, 2, 3].__setitem__(slice(0, 1), m(item)))
attempt('step', lambda m: [1, 2, 3].__setitem__(slice(0, 3, 2), m(item)))
attempt('star', lambda m: star(*m(item)))
attempt('star2', lambda m: star(1, *m(item), 2))
attempt('list star', lambda m: [0, *m(item)])
attempt('set star', lambda m: {0, *m(text)})
attempt('unpack', lambda m: consume(m(item)))
attempt('unpack3', lambda m: unpack3(m(item)))
attempt('sorted', lambda m: sorted(m(item)))
attempt('sum', lambda m: sum(m(num)))
attempt('sum lists', lambda m: sum(m(item), []))
attempt('min', lambda m: min(m(item)))
attempt('max key', lambda m: max(m(item), key=lambda x: [x]))
attempt('any', lambda m: any(m(lambda i: [])))
attempt('all', lambda m: all(m(item)))
attempt('join', lambda m: ', '.join(m(text)))
attempt('join items', lambda m: ', '.join(m(item)))
attempt('bytes join', lambda m: b''.join(m(lambda i: b'x' * i)))
attempt('bytes', lambda m: bytes(m(lambda i: i)))
attempt('bytearray', lambda m: bytearray(m(lambda i: i * 100)))
attempt('map', lambda m: list(map(lambda a, b: [a, b], m(item), m(item))))
attempt('filter', lambda m: list(filter(lambda a: a[0] % 2, m(item))))
attempt('zip', lambda m: list(zip(m(item), [[7]] * 9, m(item))))
attempt('zip strict', lambda m: list(zip([1], m(item), strict=True)))
attempt('enumerate', lambda m: list(enumerate(m(item), 10**10)))
attempt('in', lambda m: [99] in m(item))
attempt('for', lambda m: [x for x in m(item)])
attempt('nested', lambda m: [(x, y) for x in m(item) for y in m(text)])
attempt('dict comp', lambda m: {k: v for k, v in m(pair)})
attempt('gen', lambda m: list(x for x in m(item)))
attempt('union', lambda m: {1}.union(m(text)))
attempt('intersection', lambda m: {'text 1'}.intersection(m(text)))
attempt('difference', lambda m: {'text 1'}.difference(m(text)))
attempt('symmetric', lambda m: {'text 1'}.symmetric_difference(m(text)))
attempt('isdisjoint', lambda m: {1}.isdisjoint(m(text)))
attempt('issuperset', lambda m: {'text 1'}.issuperset(m(text)))
attempt('reversed', lambda m: list(reversed(m(item))))
attempt('next', lambda m: next(m(item), None))
attempt('iter call', lambda m: list(iter(m(item).__next__, [2])))
attempt('print', lambda m: print(*m(item), sep='-'))
attempt('format', lambda m: '%s %s' % tuple(m(item)))
attempt('isinstance', lambda m: isinstance(5, tuple(m(lambda i: str))))
attempt('type', lambda m: type('T', tuple(m(lambda i: object)), {}))
def sub(it): return (yield from it)
attempt('yield from', lambda m: list(sub(m(item))))
