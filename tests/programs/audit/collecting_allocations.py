# Nearly every way to make something, with garbage waiting whose finalizer runs as soon as an allocation collects (up to 3.11).
import gc, sys
gc.disable()
class N:
    def __init__(self): self.me = self
    def __del__(self): n = [1]
def arg(a, b=2, *c, d=3, **e): return (a, b, c, d, e)
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __hash__(self): return hash(self.x)
    def __lt__(self, o): return self.x < o.x
    def __iter__(self): yield from [P(1), P(2)]
    def __add__(self, o): return P(self.x)
    @property
    def prop(self): return [self.x]
    def meth(self, *a): return a
def gen(n):
    for i in range(n): yield [i]
big = {i: [i] for i in range(20)}
words = ['b', 'a', 'c']
lst = [[i] for i in range(10)]
def raiser():
    raise ValueError([1], {2: 3})
def catch(f, *a):
    try: f(*a)
    except Exception as e: return e
def closure():
    a = []; b = {}
    def inner(): return a, b
    return inner
OPS = [
 lambda: dict(big), lambda: big.copy(), lambda: list(big.items()), lambda: sorted(lst), lambda: sorted(words, key=lambda w: [w]),
 lambda: list(zip(lst, lst)), lambda: list(map(lambda x: [x], lst)), lambda: list(filter(None, lst)), lambda: list(enumerate(lst)),
 lambda: arg(*lst[:3], **{'p': [1], 'q': [2]}), lambda: arg([1], d=[2], z={}), lambda: {**big, 'x': []}, lambda: [*lst, *lst], lambda: (*lst,),
 lambda: {*words, 'z'}, lambda: [x for x in lst], lambda: {x[0]: x for x in lst}, lambda: {str(x) for x in lst}, lambda: list(gen(4)),
 lambda: lst[1:4], lambda: lst + lst, lambda: lst * 2, lambda: tuple(lst)[1:], lambda: 'a b c'.split(), lambda: 'abc'.partition('b'),
 lambda: type('T', (P,), {'a': [], '__slots__': ('q',)}), lambda: type('T', (), {}), lambda: P(1) + P(2), lambda: P(1).prop, lambda: P(3).meth([1], 2),
 lambda: P(1).__dict__, lambda: vars(P(1)), lambda: catch(raiser), lambda: catch(int, 'x'), lambda: catch(lambda: {}['k']), lambda: catch(lambda: P(1).nope),
 lambda: closure()(), lambda: [P(1), P(2)] == [P(1), P(2)], lambda: sorted([P(3), P(1), P(2)]), lambda: max([P(1), P(2)], key=lambda p: [p.x]), lambda: list(P(0)),
 lambda: set(words) | {1}, lambda: set(words) & set(words), lambda: frozenset(words), lambda: dict.fromkeys(words, []), lambda: dict(a=[1], b=2),
 lambda: dict([(1, []), (2, {})]), lambda: list(reversed(lst)), lambda: sum(lst, []), lambda: eval('[1, {2: [3]}]'), lambda: compile('x=[1]', 's', 'exec'),
 lambda: exec('def f(a, b=[]): return {a: b}\nclass K: y = []\nf(1)'), lambda: divmod(7, 2), lambda: getattr(P(1), 'x', []), lambda: setattr(P, 'new', []),
 lambda: [(a, b) for a in lst for b in lst[:2]], lambda: iter(lst), lambda: slice([], 1), lambda: bytes([1, 2]), lambda: bytearray(b'ab')[0:1],
 lambda: '%s %r' % ([1], {}), lambda: f'{[1]!r} {P}', lambda: '{} {a}'.format([1], a={}), lambda: repr(big), lambda: str(lst), lambda: print(end=''),
 lambda: memoryview(b'abc')[1:], lambda: super(P, P(1)), lambda: P(1).meth, lambda: globals().copy(), lambda: locals(), lambda: dir(P(1)),
 lambda: isinstance(1, (str, (int,))), lambda: __import__('sys'), lambda: open, lambda: next(gen(1)), lambda: complex(1, 2), lambda: 10**30, lambda: [[]] * 3,
 lambda: lst.index([3]), lambda: lst.copy(), lambda: [].extend(gen(3)), lambda: dict(zip(words, lst)), lambda: hash((1, (2, 'x'))), lambda: b'a'.join([b'x', b'y']),
 lambda: ','.join(str(i) for i in range(3)), lambda: range(10**20)[1:5], lambda: {}.setdefault(1, []), lambda: big.keys() & {1}, lambda: big.keys() | {30}, lambda: set(words) ^ {1}, lambda: sys._getframe(), lambda: sys.exc_info(), lambda: staticmethod(arg), lambda: property(arg), lambda: (lambda *a, **k: (a, k))(1, *words, z=1),
]
for op in OPS:
    for t in range(1, 9):
        N(); N()
        gc.set_threshold(gc.get_count()[0] + t)
        gc.enable()
        op()
        gc.disable()
        gc.collect()
print(len(OPS), gc.garbage)
