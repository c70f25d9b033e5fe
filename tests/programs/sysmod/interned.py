# What is interned: literals, names, sys.intern, what is not; the table's size; who keeps an interned string alive.
import sys
n = 5
print([sys._is_interned(s) for s in ('a', 'name', 'with space', 'a' * 100, 'x1_y', '', '\xe9', '\u0416', str(n), 'a' + str(n), 'na' + 'me', ''.join(['na', 'me']))])
s = ''.join(['inter', 'n me', str(n)])
print(sys._is_interned(s), sys.intern(s) is s, sys._is_interned(s))
t = ''.join(['inter', 'n me', str(n)])
print(t is s, sys.intern(t) is s, sys._is_interned(t))
class C: pass
c = C()
key = ''.join(['at', 'tr'])
setattr(c, key, 1)
print([sys._is_interned(k) for k in c.__dict__], sys._is_interned(key))
d = {''.join(['ke', 'y!']): 1}
print([sys._is_interned(k) for k in d])
def f(argument_name=1): local_name = 2; return local_name
print([sys._is_interned(v) for v in f.__code__.co_varnames + f.__code__.co_names], sys._is_interned(f.__name__), sys._is_interned(f.__qualname__))
before = sys.getunicodeinternedsize()
names = [sys.intern('fresh name %d' % i) for i in range(50)]
print(sys.getunicodeinternedsize() - before)
again = [sys.intern('fresh name %d' % i) for i in range(50)]
print(sys.getunicodeinternedsize() - before, all(a is b for a, b in zip(names, again)))
print(sys.getrefcount(names[0]))
del names, again
print(sys.getunicodeinternedsize() - before, sys.getunicodeinternedsize(_only_immortal=True) <= sys.getunicodeinternedsize())
for bad in (5, b'x', None, type('S', (str,), {})('x')):
    try: print(sys.intern(bad))
    except TypeError as e: print(e)
    try: print(sys._is_interned(bad))
    except TypeError as e: print(e)
try: sys.getunicodeinternedsize(1)
except TypeError as e: print(e)
print(sys._clear_type_cache(), sys._clear_internal_caches())
