# Where objects were made: one statement a line, objects out of free lists, comprehensions, generators, operators, calls.
import _tracemalloc as t
import gc
gc.collect()  # empties the free lists: what comes out of them later was allocated under tracing
t.start(3)
def where(x):
    tb = t._get_object_traceback(x)
    return None if tb is None else [line for name, line in tb]
class C:
    def __init__(self):
        self.a = [1]
        self.b = {'x': 1}
class D:
    __slots__ = ('v',)
    def __init__(self, v):
        self.v = v
def make(n):
    return [n]
def gen():
    for i in range(3):
        yield [i]
        yield (i, i)
def pair(a, b):
    c = (a, b)
    d = {'a': a,
         'b': b}
    e = a + b
    f = [a,
         b]
    g = {a, b}
    h = a * b
    i = -a
    j = a - b
    k = '%s' % a
    l = f'{a}{b}'
    m = lambda: a
    n = c + c
    o = [*f, *f]
    p = (*c, 1)
    q = b, a
    r = c[:1]
    s = f[1:]
    t = b'x' + b'y'
    u = a / b
    v = a ** 2
    w = a // 2.5
    x = [z for z in c]
    y = {z: z for z in c}
    return [c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y]
for values in ((1000.5, 2000.5), (100000, 200000), (1 << 40, 7)):
    print([where(x) for x in pair(*values)])
print(where(C()), where(C().a), where(C().__dict__), where(C().b), where(D(1)))
print(where(make(5)), [where(x) for x in gen()], where(gen()))
for i in range(3):
    a = []
    b = [i]
    c = (i, i + 1)
    d = {}
    e = i + 0.5
    f = [i, 2]
    print(where(a), where(b), where(c), where(d), where(e), where(f))
    del a, b, c, d, e, f
lst = [
    make(1),
    [2],
    (3, i),
    make(
        4),
    {5: i},
    str(i) + 'abc',
    'abc'.upper(),
    list('ab'),
    tuple([i, i]),
    dict(a=i),
    set([i]),
    bytearray(3),
    memoryview(b'abc'),
    range(i, 1000),
    iter([]),
    zip([], []),
    map(len, []),
    C,
    type('T', (), {}),
    Exception('x'),
    C.__init__,
    C().__init__,
    super,
    object(),
]
print([where(x) for x in lst])
x = 0
s = 0.0
for i in range(5):
    s += 1.5
    x += 1 << 70
print(where(s), where(x))
s = 'abc' * 20
s += str(i)
s += 'def' * 20
print(where(s))
l = []
for i in range(100):
    l.append(i)
print(where(l))
def deep(n):
    if n == 0:
        return [1, 2]
    return deep(n - 1)
print(where(deep(10)))
rows = [r for r in t._get_traces() if r[2][0][1] == 100]
print(len(rows), [r[3] for r in rows])
try:
    raise ValueError('a', i)
except ValueError as e:
    print(where(e), where(e.__traceback__))
try:
    [][5]
except IndexError as e:
    print(where(e), where(e.__traceback__))
try:
    1 / 0
except ZeroDivisionError as e:
    print(where(e))
import sys
def frame():
    a = 1
    f = sys._getframe()
    b = 2
    return f
print(where(frame()))
def closure():
    cell = [1]
    def inner():
        return cell
    return inner
print(where(closure()), where(closure().__closure__[0]), where(closure()()))
with open(__file__) as file: text = file.read()
print(where(file))
exec('z = [1]\n\ny = [2]', ns := {})
print(where(ns), t._get_object_traceback(ns['y']))
print(where(sorted([3, 1, 2], key=lambda v: -v)), [where(v) for v in sorted([3, 1], key=lambda v: [v])])
