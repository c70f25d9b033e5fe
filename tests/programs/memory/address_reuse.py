# Which address the next object gets: the one freed last, of its size class.
import gc
gc.collect()
def reuse(make):
    a = make()
    i = id(a)
    del a
    b = make()
    return id(b) == i
class P: pass
class S: __slots__ = ('a',)
for name, make in [('object', object), ('list', lambda: []), ('dict', lambda: {}), ('set', set), ('instance', P), ('slots', S), ('float', lambda: float('1.5')), ('int', lambda: int('123456789')),
                   ('str', lambda: str(12345)), ('tuple', lambda: (make,)), ('bytes', lambda: bytes(10)), ('function', lambda: lambda: 0), ('generator', lambda: (i for i in ())), ('class', None)]:
    if make:
        print(name, reuse(make))
xs = [object() for i in range(10)]
ids = [id(x) for x in xs]
order = [3, 7, 1]
for i in order:
    xs[i] = None
ys = [object() for i in range(3)]
print([ids.index(id(y)) for y in ys])
xs = [[] for i in range(5)]
ids = [id(x) for x in xs]
xs[1] = xs[4] = xs[2] = None
ys = [[], [], []]
print([ids.index(id(y)) if id(y) in ids else None for y in ys])
a = [1, 2, 3]
b = id(a)
a += [4] * 100
print(id(a) == b)
t = (1, 2, a)
k = id(t)
t += (3,)
print(id(t) == k)
s = str(10 ** 5)
print(id(s) != id(s + ''), id(s) == id(s + ''))
del xs, ys
gc.collect()
p = P(); p.x = 1
i = id(p)
p = P()
print(id(p) != i)
