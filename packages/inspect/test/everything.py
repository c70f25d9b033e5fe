"""Makes at least one object of every kind that the core knows, keeps it in `keep`, then waits."""
import gc
import itertools
import sys
import types
import weakref

keep = []


def hold(*objects):
    keep.extend(objects)


# numbers
hold(0, -1, 10**6, -(2**30), 2**60 + 1, 10**100, 1.5, -0.0, float('inf'), 3 + 4j, True)
# text
hold('x', 'ascii text', 'caf\xe9', '\u20ac uro', '\U0001f600 smile', ''.join(['a', 'b' * 300]), b'bytes', b'', bytearray(b'array' * 50))
u = 'caf\xe9 encoded'
u.encode('utf-8')
hold(u)
# sequences
hold([], [1, 'two', [3]], list(range(100)), (), (1, [2]), (None,) * 30, range(5), range(10**20), slice(1, [2], None))
# mappings and sets
hold({}, {'a': [1]}, {1: 'x', 'b': 2}, dict.fromkeys(range(1000)), {i: str(i) for i in range(50)}, set(), {1, 'a', (2, 3)}, set(range(500)), frozenset('abc'))
d = {'k%d' % i: [i] for i in range(20)}
for i in range(0, 20, 3):
    del d['k%d' % i]
s = set(range(100))
for i in range(0, 100, 2):
    s.discard(i)
hold(d, s, types.MappingProxyType(d), d.keys(), d.values(), d.items())
# iterators
its = [
    iter([1, 2]), reversed([1, 2]), iter((1, 2)), iter('abc'), iter('caf\xe9'), iter(b'ab'), iter(bytearray(b'ab')),
    iter(range(3)), iter(range(2**70, 2**70 + 5)), iter(d), iter(d.values()), iter(d.items()), reversed(d), reversed(d.values()),
    reversed(d.items()), iter({1, 2}), enumerate([7, 8]), zip([1], [2], 'x'), map(len, ['a', 'bb']), filter(None, [0, 1]),
    iter(lambda: 1, 2), reversed((1, 2, 3)),
]
for it in its:
    next(it)
hold(*its)


class Seq:
    def __getitem__(self, i):
        return [i]

    def __len__(self):
        return 3


q = iter(Seq())
next(q)
hold(q, reversed(Seq()), itertools.count(3), itertools.count(10**30), itertools.repeat('r'), itertools.chain([1], [2]), itertools.cycle('ab'), itertools.islice([1, 2, 3], 2))


# functions
def outer(a, b=[1], *args, c={}, **kw) -> int:
    """doc"""
    local = [a]

    def inner():
        return local, a

    return inner


outer.attribute = 'x'
hold(outer, outer(1), lambda: 0, len, [].append, 'x'.join, dict.fromkeys, str.join, int.__add__, (3).__add__, outer.__code__, outer.__get__, type.__dict__['__mro__'])
outer.__code__.co_varnames
outer.__code__.co_code


# classes
class Plain:
    klass = ['attr']

    def __init__(self):
        self.a = [1]
        self.b = 'b'

    @property
    def prop(self):
        """prop doc"""
        return 1

    @classmethod
    def cm(cls):
        pass

    @staticmethod
    def sm():
        pass


class Slotted:
    __slots__ = ('x', 'y', '__weakref__')


class SubSlotted(Slotted):
    __slots__ = ('z',)


class SubInt(int):
    pass


class SubStr(str):
    pass


class SubTuple(tuple):
    pass


class SubList(list):
    pass


class SubDict(dict):
    pass


class SubSet(set):
    pass


class SubFloat(float):
    pass


class SubBytes(bytes):
    pass


class Meta(type):
    pass


class WithMeta(Plain, metaclass=Meta):
    pass


class Error(ValueError):
    pass


p = Plain()
hold(p, p.cm, Plain.__init__, Plain.__dict__['prop'], Plain.__dict__['cm'], Plain.__dict__['sm'])
p2 = Plain()
p2.__dict__['c'] = [2]
p3 = Plain()
for i in range(60):
    setattr(p3, 'name%d' % i, [i])
p4 = Plain()
p4d = p4.__dict__
del p4
p5 = Plain()
p5.__dict__ = {'replaced': [1]}
p6 = Plain()
del p6.a
hold(p2, p3, p4d, p5, p6)
sl = SubSlotted()
sl.x = [1]
sl.z = sl
hold(sl, Slotted())
for cls, arg in ((SubInt, 10**40), (SubStr, 'text'), (SubTuple, (1, [2])), (SubList, [1]), (SubDict, {'a': 1}), (SubSet, {1}), (SubFloat, 1.5), (SubBytes, b'xyz')):
    o = cls(arg)
    o.extra = [cls]
    hold(o)
hold(WithMeta(), WithMeta, Meta)
hold(super(WithMeta, WithMeta()))
# exceptions and tracebacks
def fail():
    local = ['in the frame']
    raise KeyError('missing')


try:
    try:
        fail()
    except KeyError as e:
        raise Error('outer', [1]) from e
except Error as e:
    e.add_note('a note')
    e.custom = ['x']
    hold(e, e.__traceback__, e.__traceback__.tb_frame)
for bad in ('1 +', 'import nothing_here', '{}.x', 'undefined', 'b"\\xff".decode()', 'open("/nonexistent")', 'next(iter([]))', 'raise SystemExit([1])', 'raise ExceptionGroup("g", [ValueError(1)])'):
    try:
        exec(bad)
    except BaseException as e:
        hold(e)
hold(MemoryError('m'))
# generators and coroutines
def gen():
    x = [1]
    try:
        yield x
        yield 2
    finally:
        pass


async def coro():
    await asyncthing()


async def asyncthing():
    pass


async def agen():
    y = [1]
    yield y


g = gen()
next(g)
g2 = gen()
g3 = gen()
list(g3)
c = coro()
cw = coro()
hold(g, g2, g3, c, cw.__await__(), agen(), agen().asend(None), agen().athrow(ValueError))
ag = agen()
hold(ag, ag.__anext__())


def gen_from():
    yield from gen()


gf = gen_from()
next(gf)
hold(gf, (x for x in [1, 2]), g.gi_frame)


def gen_exc():
    try:
        raise ValueError('inside')
    except ValueError:
        yield 1


ge = gen_exc()
next(ge)
hold(ge)
# weak references
target = Plain()
wr = weakref.ref(target)
wr2 = weakref.ref(target, lambda r: None)
hold(target, wr, wr2, weakref.proxy(target), weakref.ref(sl), weakref.ref(Plain))
dead = weakref.ref(Plain())
hold(dead)
# the rest
hold(types.SimpleNamespace(a=[1]), memoryview(b'xx'), memoryview(bytearray(b'yy'))[1:], list[int], dict[str, list], int | str, types.CellType([1]), types.CellType())
hold(sys, types.ModuleType('m', 'doc'), sys._getframe(), sys.version_info, sys.flags, ..., NotImplemented, None)


def generic[T, *Ts, **P](x: T) -> T:
    return x


type Alias[K] = list[K]


class Generic[V: int]:
    pass


hold(generic, Alias, Generic, Generic[int], generic.__type_params__, iter(list[int]))
a = []
a.append(a)
b = {'self': a}
b['b'] = b
hold(a, b, dict.fromkeys)
del i, it
gc.collect()
said = [[sys.getsizeof(o), sys.getrefcount(o) - 1] for o in keep]
# The loop's variable and the call held it too.
text = str([[a, b if b > 2**31 else b - 1] for a, b in said])
del said
gens = str([len(gc.get_objects(generation=n)) for n in range(3)])
sys._debugmallocstats()
print(id(keep), gens, text, sep='\n', flush=True)
input()
