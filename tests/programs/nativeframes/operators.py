# Special methods that instructions call: operators, comparisons, items, truth, iteration, attributes, with.
import sys


def work(what):
    total = 0
    for i in range(12):
        total += i
    print('inside', what, flush=True)
    return total


class V:
    def __init__(self, n):
        object.__setattr__(self, 'n', n)

    def __add__(self, other):
        work('add')
        return V(self.n + other.n) if isinstance(other, V) else NotImplemented

    def __radd__(self, other):
        work('radd')
        return V(other + self.n)

    def __mul__(self, other):
        work('mul')
        return NotImplemented

    def __isub__(self, other):
        work('isub')
        return V(self.n - other)

    def __iadd__(self, other):
        work('iadd')
        return NotImplemented

    def __eq__(self, other):
        work('eq')
        return self.n == other.n if isinstance(other, V) else NotImplemented

    def __lt__(self, other):
        work('lt')
        return self.n < other.n

    def __hash__(self):
        return self.n

    def __bool__(self):
        work('bool')
        return self.n != 0

    def __getitem__(self, key):
        work('getitem')
        if key == 'missing':
            raise KeyError(key)
        return key, self.n

    def __setitem__(self, key, value):
        work('setitem')
        print('set', key, value)

    def __delitem__(self, key):
        work('delitem')

    def __contains__(self, key):
        work('contains')
        return [key] if key == self.n else []

    def __iter__(self):
        work('iter')
        return iter(range(self.n))

    def __setattr__(self, name, value):
        work('setattr')
        object.__setattr__(self, name, value)

    def __enter__(self):
        work('enter')
        return self.n

    def __exit__(self, *exc):
        work('exit')
        print(exc[0] and exc[0].__name__)
        return True


class W(V):
    def __radd__(self, other):
        work('W.radd')
        return 'W'

    def __gt__(self, other):
        work('W.gt')
        return 'greater'


class Plain:
    pass


a, b = V(1), V(2)
for _ in range(2):
    print((a + b).n, (5 + a).n, a + W(4), W(4) + a != 3)
    print(a == b, a == V(1), a != b, a < b, a > b, a == 3, a < W(3), Plain() == a)
    print(a[3], a['x'], 1 in a, 2 in a, 1 not in a, not a, bool(V(0)), [x for x in b], list(b))
    a[1] = 2
    del a[1]
    a.z = 5
    c = a
    c -= 1
    print(c.n, a.z, 'yes' if a else 'no')
    with b as got:
        print(got)
        raise ValueError('in with')
    with b:
        pass


def attempt(f):
    try:
        print(f())
    except Exception as e:
        tb = e.__traceback__
        lines = []
        while tb:
            lines.append((tb.tb_lineno - f.__code__.co_firstlineno if tb.tb_frame.f_code is f.__code__ else tb.tb_frame.f_code.co_name))
            tb = tb.tb_next
        print(type(e).__name__, e, lines)


def iadd():
    d = V(1)
    d += 'text'


attempt(lambda: a * 2)
attempt(lambda: a * [1])
attempt(lambda: [1] * a)
attempt(lambda: a + 'x')
attempt(lambda: a - 1)
attempt(lambda: a < 5)
attempt(lambda: a['missing'])
attempt(lambda: 'x' + Plain())
attempt(iadd)


class Bad:
    def __bool__(self):
        return 3

    def __iter__(self):
        return 4

    def __eq__(self, other):
        raise LookupError('eq')

    __contains__ = None


attempt(lambda: not Bad())
attempt(lambda: [x for x in Bad()])
attempt(lambda: Bad() == 1)
attempt(lambda: 1 == Bad())
attempt(lambda: 1 in Bad())


class Counted:
    def __add__(self, other):
        return sys.getrefcount(self), sys.getrefcount(other)

    __eq__ = __add__
    __getitem__ = __add__

    def __bool__(self):
        print(sys.getrefcount(self))
        return True


x, y = Counted(), Counted()
print(x + y, x == y, x[y], not x)


class Deep:
    def __add__(self, other):
        return self + other

    def __eq__(self, other):
        return self == other

    def __bool__(self):
        return not self


d = Deep()
for f in (lambda: d + 1, lambda: d == 1, lambda: not d):
    try:
        f()
    except RecursionError as e:
        print(e)
