# get_referrers and get_referents over all kinds of holders.
import gc
import types
class Plain:
    def method(self):
        pass
class Slots:
    __slots__ = ('s',)
target = Plain()
def names(x):
    return sorted(type(o).__name__ for o in gc.get_referrers(x) if o is not globals())
print(names(target))
holders = [[target], (target,), {'k': target}, {target}, frozenset([target]), {target: 1}]
print(names(target))
holders = None
s = Slots()
s.s = target
p = Plain()
p.attr = target
print(names(target))
p.__dict__
print(names(target))
def closure(t):
    def inner():
        return t
    return inner
f = closure(target)
print(names(target))
def gen(t):
    yield t
g = gen(target)
next(g)
print(names(target))
bound = target.method
part = types.MethodType(len, target)
print(names(target))
it = iter([target])
m = map(None, [target])
sl = slice(target)
pr = property(target)
sm = staticmethod(target)
del target.__dict__
print(names(target))
e = ValueError(target)
print(names(target))
del bound, part, it, m, sl, pr, sm, e, g, f, s, p
print(names(target))
def kinds(x):
    return [type(o).__name__ for o in gc.get_referents(x)]
print(kinds([1, 'a', []]), kinds({'k': 1, 2: []}), kinds((1, ())), kinds({3}))
print(kinds(closure(1)), kinds(Plain.method), kinds(Plain().method))
print(kinds(1), kinds('x'), kinds(None), gc.get_referents(), gc.get_referrers())
print(kinds(Slots), kinds(Plain()))
q = Plain()
q.x = 'v'
print(kinds(q), q.__dict__, kinds(q))
print(kinds(iter([1])), kinds(zip([1], (2,))), kinds(gen(5)))
print([o for o in gc.get_referents([1, 2], (3,), {4: 5})])
