"""What a Python version's memory rules are, measured as changes, never as start values: one JSON object on standard output.

The same file runs on CPython 3.8 to 3.14 and on the engine under each policy. Standard error ends with what
sys._debugmallocstats() says of arenas and pools, where the interpreter has them.
"""
import gc
import sys

gc.collect()
gc.freeze()
gc.collect()

count = sys.getrefcount
answers = {}


class Plain:
    pass


def subjects():
    return [('object', object()), ('instance', Plain()), ('list', []), ('int', 211), ('bigint', 10 ** 30), ('None', None),
            ('True', True), ('float', 1.5 * 3), ('str', 'a b'.upper()), ('char', 'q'), ('latin', '\xe9'), ('empty', ''),
            ('bytes', bytes([1, 2])), ('nobytes', b''), ('byte', b'z'), ('unit', ()), ('type', object), ('class', Plain),
            ('interned', sys.intern('a' + 'b1'.lower()))]


def is_counted(x):
    """Whether a reference changes the count at all."""
    before = count(x)
    keep = [x] * 10
    after = count(x)
    del keep
    return [after - before, count(x) - before]


answers['ten references in a list, then none'] = {name: is_counted(x) for name, x in subjects()}

# ---- what a reference adds, by the kind of its holder

holders = {}
o = object()
base = count(o)
n = o
holders['global name'] = count(o) - base
del n
keep = (o, 1)
holders['tuple'] = count(o) - base
keep = [o, o]
holders['list, twice'] = count(o) - base
keep = {o: 1}
holders['dict key'] = count(o) - base
keep = {1: o}
holders['dict value'] = count(o) - base
keep = {o}
holders['set'] = count(o) - base
keep = Plain()
keep.x = o
holders['attribute'] = count(o) - base
keep.y = o
del keep.x
holders['attribute deleted'] = count(o) - base


def default(a=o):
    return count(a)


holders['default value'] = count(o) - base
del default


def maker(a):
    def inner():
        return a
    return inner


keep = maker(o)
holders['closure'] = count(o) - base
keep = slice(o)
holders['slice'] = count(o) - base
keep = iter([o])
holders['iterator of a list'] = count(o) - base
keep = [v for v in [o]]
holders['comprehension'] = count(o) - base
keep = None
holders['nothing'] = count(o) - base
answers['a holder adds'] = holders

# ---- what a load or a call holds while it runs

calls = {}


class Box:
    def plain(self, q):
        return count(q)

    def own(self):
        return count(self)

    @property
    def prop(self):
        return count(self)

    def __add__(self, other):
        return count(self), count(other)

    def __getitem__(self, key):
        return count(self), count(key)

    def __eq__(self, other):
        self.counts = count(other)
        return True

    def __contains__(self, item):
        self.counts = count(item)
        return True

    def __call__(self, q):
        return count(self), count(q)

    def __enter__(self):
        return count(self)

    def __exit__(self, *e):
        self.counts = len(e)

    def __iter__(self):
        self.counts = count(self)
        return iter(())

    def __len__(self):
        self.counts = count(self)
        return 1

    def __setitem__(self, key, value):
        self.counts = count(self), count(key), count(value)


class Init:
    def __init__(self, q):
        self.counts = count(q)


def one(q):
    return count(q)


def two(q, r=None):
    return count(q)


def three(q):
    return one(q)


def packed(*qs):
    return count(qs[0])


def named(**qs):
    return count(qs['o'])


def only(*, o):
    return count(o)


def generator(q):
    yield count(q)
    yield count(q)


def renamed(q):
    x = q
    return count(q)


def rebound(q):
    c = count(q)
    q = None
    return c


def deleted(q):
    x = q
    del q
    return count(x)


def celled(q):
    def inner():
        return q
    return count(q)


def branch(q, c=1):
    return (q, count(q) if c else 0)[1]


def loop(q):
    for i in range(2):
        c = count(q)
    return c


# from module level, where names are looked up in a dict
o = object()
b = Box()
calls['global: count(o)'] = count(o)
calls['global: (o, count(o))'] = (o, count(o))[1]
calls['global: (o, o, count(o))'] = (o, o, count(o))[2]
calls['global: lambda'] = (lambda q: count(q))(o)
calls['global: one(o)'] = one(o)
calls['global: one(q=o)'] = one(q=o)
calls['global: two(o, o)'] = two(o, o)
calls['global: two(o, r=o)'] = two(o, r=o)
calls['global: three(o)'] = three(o)
calls['global: one(*[o])'] = one(*[o])
calls['global: one(*(o,))'] = one(*(o,))
calls['global: one(**{})'] = one(**{'q': o})
calls['global: packed(o)'] = packed(o)
calls['global: packed(*[o])'] = packed(*[o])
calls['global: named(o=o)'] = named(o=o)
calls['global: named(**{})'] = named(**{'o': o})
calls['global: only(o=o)'] = only(o=o)
calls['global: b.plain(o)'] = b.plain(o)
calls['global: b.own()'] = b.own()
calls['global: b.prop'] = b.prop
calls['global: b + o'] = b + o
calls['global: b[o]'] = b[o]
calls['global: b(o)'] = b(o)
b[o] = o
calls['global: b[o] = o'] = b.counts
calls['global: b == o'] = (b == o, b.counts)[1]
calls['global: o in b'] = (o in b, b.counts)[1]
calls['global: Init(o)'] = Init(o).counts
calls['global: generator(o)'] = list(generator(o))
calls['global: renamed(o)'] = renamed(o)
calls['global: rebound(o)'] = rebound(o)
calls['global: deleted(o)'] = deleted(o)
calls['global: celled(o)'] = celled(o)
calls['global: branch(o)'] = branch(o)
calls['global: loop(o)'] = loop(o)
calls['global: map'] = list(map(one, [o]))
calls['global: sorted'] = sorted([o], key=lambda q: calls.__setitem__('global: sorted key', count(q)) or 0) and None
calls['global: comprehension'] = [count(v) for v in [o]]
for v in [o]:
    calls['global: for'] = count(v)
del v
with b as c:
    calls['global: with'] = c


def locals_():
    o = object()
    b = Box()
    calls['local: count(o)'] = count(o)
    calls['local: (o, count(o))'] = (o, count(o))[1]
    calls['local: (o, o, count(o))'] = (o, o, count(o))[2]
    calls['local: [o, count(o)]'] = [o, count(o)][1]
    calls['local: lambda'] = (lambda q: count(q))(o)
    calls['local: one(o)'] = one(o)
    calls['local: one(q=o)'] = one(q=o)
    calls['local: two(o, o)'] = two(o, o)
    calls['local: two(o, r=o)'] = two(o, r=o)
    calls['local: three(o)'] = three(o)
    calls['local: one(*[o])'] = one(*[o])
    calls['local: one(*(o,))'] = one(*(o,))
    calls['local: one(**{})'] = one(**{'q': o})
    calls['local: packed(o)'] = packed(o)
    calls['local: packed(*[o])'] = packed(*[o])
    calls['local: named(o=o)'] = named(o=o)
    calls['local: named(**{})'] = named(**{'o': o})
    calls['local: only(o=o)'] = only(o=o)
    calls['local: b.plain(o)'] = b.plain(o)
    calls['local: b.own()'] = b.own()
    calls['local: b.prop'] = b.prop
    calls['local: b + o'] = b + o
    calls['local: b[o]'] = b[o]
    calls['local: b(o)'] = b(o)
    b[o] = o
    calls['local: b[o] = o'] = b.counts
    calls['local: b == o'] = (b == o, b.counts)[1]
    calls['local: o in b'] = (o in b, b.counts)[1]
    calls['local: bool(b)'] = (bool(b), b.counts)[1]
    calls['local: not b'] = (not b, b.counts)[1]
    calls['local: iter'] = ([*b], b.counts)[1]
    calls['local: Init(o)'] = Init(o).counts
    calls['local: generator(o)'] = list(generator(o))
    calls['local: renamed(o)'] = renamed(o)
    calls['local: rebound(o)'] = rebound(o)
    calls['local: deleted(o)'] = deleted(o)
    calls['local: celled(o)'] = celled(o)
    calls['local: branch(o)'] = branch(o)
    calls['local: loop(o)'] = loop(o)
    calls['local: map'] = list(map(one, [o]))
    calls['local: comprehension'] = [count(v) for v in [o]]
    x = o
    calls['local: two names'] = count(o)
    del x
    for v in [o]:
        calls['local: for'] = count(v)
    del v
    with b as c:
        calls['local: with'] = c
    try:
        raise ValueError(o)
    except ValueError as e:
        calls['local: except'] = count(o)
    calls['local: after except'] = count(o)
    held = [o]
    calls['local: held[0]'] = count(held[0])
    del held
    calls['local: fresh object'] = count(object())
    calls['local: fresh list'] = one([])
    calls['local: at the end'] = count(o)


locals_()
answers['a call or a load holds'] = calls

# ---- tracking

tracked = {}
gc.disable()
fresh = (object(), 2)
deep = (fresh,)
numbers = (len(sys.argv), 2)
grown = {'a': 1}
tracked['dicts {} {1} {[]}'] = [gc.is_tracked({}), gc.is_tracked({'a': 1}), gc.is_tracked({'a': []})]
tracked['() constant fresh nested'] = [gc.is_tracked(()), gc.is_tracked((1, 2)), gc.is_tracked(fresh), gc.is_tracked(deep)]
tracked['fresh tuple of ints'] = gc.is_tracked(numbers)
gc.collect()
tracked['after collect: tuple of object, nested, of ints'] = [gc.is_tracked(fresh), gc.is_tracked(deep), gc.is_tracked(numbers)]
tracked['after collect: dict of ints'] = gc.is_tracked(grown)
grown['b'] = []
tracked['a list put in'] = gc.is_tracked(grown)
grown['b'] = 1
gc.collect()
tracked['the list taken out, collected'] = gc.is_tracked(grown)
tracked['list set instance class function'] = [gc.is_tracked([]), gc.is_tracked(set()), gc.is_tracked(Plain()), gc.is_tracked(Plain),
                                               gc.is_tracked(one)]
answers['is tracked'] = tracked

# ---- what a collection finds

found = {}


def pair(make):
    gc.collect()
    make()
    return gc.collect()


def own_list():
    x = []
    x.append(x)


def two_dicts():
    x, y = {}, {}
    x['y'], y['x'] = y, x


def two_instances():
    x, y = Plain(), Plain()
    x.y, y.x = y, x


def own_class():
    class C:
        pass


def own_function():
    def f():
        return f


class WithDel:
    def __del__(self):
        pass


def two_with_del():
    x, y = WithDel(), WithDel()
    x.y, y.x = y, x


class Slots:
    __slots__ = ('x',)


def two_slots():
    x, y = Slots(), Slots()
    x.x, y.x = y, x


for make in (own_list, two_dicts, two_instances, two_with_del, two_slots, own_class, own_function):
    found[make.__name__] = pair(make)
answers['a collection finds'] = found

# ---- thresholds, and when collections run

answers['thresholds'] = list(gc.get_threshold())


def hundred():
    keep = []
    gc.collect()
    a = gc.get_count()[0]
    for i in 'x' * 100:
        keep.append([])
    return gc.get_count()[0] - a


answers['100 lists count'] = hundred()

events = [0] * 400
used = 0


def note(phase, info):
    global used
    if phase == 'start':
        events[used] = step
        events[used + 1] = info['generation']
        used += 2


def triggers(n):
    global step
    keep = []
    add = keep.append
    for step in range(n):
        add([])


def garbage(n):
    global step
    for step in range(n):
        x = []
        x.append(x)
        x = None


def run(work, n, *threshold):
    global used
    if threshold:
        gc.set_threshold(*threshold)
    gc.collect()
    gc.freeze()
    gc.collect()
    used = 0
    gc.callbacks.append(note)
    gc.enable()
    work(n)
    gc.disable()
    gc.callbacks.clear()
    return [events[i:i + 2] for i in range(0, used, 2)]


step = 0
answers['collections while lists are kept [at, generation]'] = run(triggers, 30000)
answers['collections while lists die in cycles'] = run(garbage, 30000)
answers['the same, threshold 100, 5, 5'] = run(triggers, 5000, 100, 5, 5)
answers['threshold 0'] = run(triggers, 5000, 0, 5, 5)


def text(value, indent='\n'):
    if isinstance(value, dict):
        inner = indent + ' '
        return '{' + ','.join('%s"%s": %s' % (inner, k, text(v, inner)) for k, v in value.items()) + indent + '}'
    if isinstance(value, (list, tuple)):
        return '[' + ', '.join(map(text, value)) + ']'
    return {None: 'null', True: 'true', False: 'false'}[value] if value is None or value is True or value is False else str(value)


print(text(answers))
sys.stdout.flush()
if hasattr(sys, '_debugmallocstats'):
    sys._debugmallocstats()
