# What is tracked from birth, what later, what a collection untracks, and what tracks again.
import gc
t = gc.is_tracked
class P: pass
class S: __slots__ = ()
class Q: __slots__ = ('a',)
p = P()
print(t(p), t(S()), t(Q()), t(P), t(len), t([].append), t(p.__init__), t(gc), t(lambda: 0), t(iter(())), t(range(3)), t(1), t('a'), t(b''), t(None), t(...))
a = (1, 'x', None, 1.5)
b = (a, a)
c = ([],)
d = tuple([1, 2])
print(t(a), t(b), t(c), t(d), t(()), t((1, p)))
gc.collect(0)
print(t(a), t(b), t(c), t(d))
x = {}
print(t(x))
x['a'] = 1
print(t(x))
x['b'] = 'text'
x[1.5] = (1, 2)
print(t(x))
x['c'] = []
print(t(x))
del x['c']
print(t(x))
gc.collect()
print(t(x))
x['l'] = p
print(t(x), t({'a': 1}), t({'a': []}), t(dict(a=1)), t({}.copy()), t({**{'a': 1}}), t({i: i for i in range(3)}), t(dict.fromkeys('ab')))
p.x = 1
print(t(p.__dict__), t(vars(P)), t(type.__dict__))
y = {'a': 1}
z = y.copy()
y['b'] = []
w = y.copy()
print(t(z), t(y), t(w), t(y | z), t({1} | {2}), t(frozenset()), t(set()))
def gen(): yield
print(t(gen()), t(gen), t(gen().gi_frame), t(gen.__code__), t(slice(1)), t(memoryview(b'a')), t(super(P, p)), t(property()), t(staticmethod(len)), t(type(p).__dict__['__dict__']))
print(t(ValueError()), t(object()), t(int | str), t(list[int]), t((i for i in ())), t(zip()), t(map(len, ())), t(enumerate(())), t(reversed([])))
