# Operator dispatch: reflected methods, subclass priority, NotImplemented, in-place, comparison fallbacks.
# portable
ops = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '&', '|', '^', '@']
names = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'lshift', 'rshift', 'and', 'or', 'xor', 'matmul']
class L: pass
class R: pass
class I: pass
for n in names:
    setattr(L, f'__{n}__', lambda s, o, n=n: f'L.{n}')
    setattr(R, f'__r{n}__', lambda s, o, n=n: f'R.r{n}')
    setattr(I, f'__i{n}__', lambda s, o, n=n: f'I.i{n}')
print([eval(f'L() {o} 1') for o in ops])
print([eval(f'1 {o} R()') for o in ops])
for o in ops:
    x = I()
    exec(f'x {o}= 1')
    print(x, end=' ')
print()
for o in ops:
    for e in (f'1 {o} L()', f'object() {o} None', f'R() {o} 1', f'None {o} 1'):
        try:
            print(eval(e))
        except TypeError as err:
            print(err)
for o in ops:
    x = None
    try:
        exec(f'x {o}= "s"')
    except TypeError as err:
        print(err)
class B:
    def __add__(s, o): return 'B.add'
    def __radd__(s, o): return 'B.radd'
    def __eq__(s, o): return 'B.eq'
    def __lt__(s, o): return 'B.lt'
    def __gt__(s, o): return 'B.gt'
class S(B):
    def __radd__(s, o): return 'S.radd'
    def __eq__(s, o): return 'S.eq'
    def __gt__(s, o): return 'S.gt'
class Same(B): pass
print(B() + S(), S() + B(), B() == S(), S() == B(), B() < S(), S() < B(), B() + Same(), B() > S(), 1 + B(), B() != 1)
class N:
    def __add__(s, o): return NotImplemented
    def __radd__(s, o): return NotImplemented
    def __eq__(s, o): return NotImplemented
    def __lt__(s, o): return NotImplemented
    def __iadd__(s, o): return NotImplemented
n = N()
print(n == n, n == N(), n != n)  # expect: True False False
for f in (lambda: n + 1, lambda: 1 + n, lambda: n < n, lambda: n + n, lambda: n > 1, lambda: n <= n):
    try:
        print(f())
    except TypeError as e:
        print(e)
try:
    n += 1
except TypeError as e:
    print(e)
class U:
    def __neg__(s): return 'neg'
    def __pos__(s): return 'pos'
    def __invert__(s): return 'inv'
    def __abs__(s): return 'abs'
    def __round__(s, n='none'): return f'round {n}'
    def __divmod__(s, o): return 'divmod'
    def __rdivmod__(s, o): return 'rdivmod'
    def __pow__(s, o, m=None): return f'pow {m}'
    def __call__(s, *a, **k): return a, k
    def __contains__(s, x): return x
    def __len__(s): return 7
    def __getitem__(s, k): return k
    def __trunc__(s): return 5
    def __floor__(s): return 6
    def __ceil__(s): return 8
    def __index__(s): return 3
    def __complex__(s): return 1j
    def __reversed__(s): return 'rev'
    def __length_hint__(s): return 3
u = U()
print(-u, +u, ~u, abs(u), round(u), round(u, 2), divmod(u, 1), divmod(1, u), pow(u, 2, 5), u ** 2, u(1, k=2), 5 in u, 0 in u, '' not in u, len(u), u[1:2], u[...], hex(u), complex(u), reversed(u), [9, 8, 7, 6][u])
class Ne:
    def __ne__(s, o): return 'ne called'
class Eq:
    def __eq__(s, o): return []
print(Ne() != 1, Ne() == 1, Eq() == 1, Eq() != 1, not Eq() == 1)  # expect: ne called False [] True True
try:
    hash(Eq())
except TypeError as e:
    print(e)
for bad, f in ((dict(__len__=lambda s: 'x'), len), (dict(__len__=lambda s: -1), len), (dict(__len__=lambda s: 2**70), len), (dict(__bool__=lambda s: 'x'), bool), (dict(__index__=lambda s: 1.5), hex), (dict(__hash__=lambda s: 'x'), hash), (dict(__iter__=lambda s: 1), iter), (dict(__str__=lambda s: 1), str), (dict(__repr__=lambda s: b''), repr), (dict(__format__=lambda s, f: 1), format), (dict(__int__=lambda s: 1.0), int), (dict(__float__=lambda s: 1), float), (dict(__complex__=lambda s: 1), complex), (dict(__bytes__=lambda s: 1), bytes), (dict(__contains__=None), lambda x: 1 in x), (dict(__reversed__=None), reversed), (dict(__iter__=None), list), (dict(__hash__=None), hash), (dict(__getitem__=None), lambda x: x[0]), (dict(__call__=5), lambda x: x()), (dict(__add__=5), lambda x: x + 1), (dict(__enter__=1), lambda x: exec('with x: pass', {'x': x}))):
    try:
        print(f(type('Bad', (), bad)()))
    except Exception as e:
        print(type(e).__name__, e)
print(NotImplemented, type(NotImplemented), (5).__add__('x') is NotImplemented, ..., Ellipsis is ...)
