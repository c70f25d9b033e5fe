# Counts of literals: the tree of the running program refers to its constants too; print holds its arguments in a tuple.
import sys
a = 1000
s = 'hello world'
w = 'hello_world_xyz'
f = 3.14
b = b'abc'
t = (1000, 2000)
u = 'hello_world_xyz'
print([sys.getrefcount(x) for x in (a, s, w, f, b, t, t[1])])
print(sys.getrefcount(a), sys.getrefcount(1000), sys.getrefcount('hello world'), sys.getrefcount(w))
def fn(x=12345, y='some default'):
    """doc string"""
    return 12345
print(sys.getrefcount(fn.__defaults__[0]), sys.getrefcount(fn.__defaults__[1]), sys.getrefcount(fn.__doc__))
def indented():
    """Cleaned.

        More.
    """
print(sys.getrefcount(indented.__doc__))
exec('''
import sys
z = 99999
print(sys.getrefcount(z), eval('sys.getrefcount(777777)'))
''')
g = {}
exec('q = 99999', g)
print(sys.getrefcount(g['q']))
g = {}
exec(compile('q = 99999\nimport sys\nn = sys.getrefcount(q)', 'x', 'exec'), g)
print(g['n'], sys.getrefcount(g['q']))
print(sys.getrefcount(-1000), sys.getrefcount(f'abc{a}def'), sys.getrefcount(10 ** 20), sys.getrefcount('x' * 30))
class Loud:
    def __str__(self): return str(sys.getrefcount(self))
    __repr__ = __format__ = lambda self, *a: str(sys.getrefcount(self))
loud = Loud()
print(Loud(), loud, str(loud), [loud], f'{loud} {loud!r}', '%s %r' % (loud, loud))
print(loud)
print(*[loud], sep='', end='\n', flush=True)
o = object()
base = sys.getrefcount(o)
class Look:
    def __getitem__(self, k): return sys.getrefcount(o) - base
    def __setitem__(self, k, v): print(sys.getrefcount(o) - base)
    def __delitem__(self, k): print(sys.getrefcount(o) - base)
look = Look()
print(look[o:o], look[o:o:o], look[o, o], look[o:])
look[o:o] = o
look[o:o:o] = o
del look[o:o]
