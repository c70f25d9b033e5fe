# A tour of valid syntax: odd spacing, line joining, semicolons, nested quotes, ellipsis, chained everything.
# portable
x = 1; y = 2;
if x: print("one line"); print("two")
while False: pass
else: print("while else")
for i in (): pass
else: print("for else")
z = (x +
     y
     # comment inside
     + 3)
w = x + \
    y
print(z, w, ...)
def f(a, /, b, *c, d=1, **e): return a, b, c, d, e
print(f(1, 2, 3, d=4, g=5), f(*[1], *[2, 3], **{"d": 0}, **{"q": 1}))
class A: x: int = 1; y: str; z = x
class B(): pass
class C(A, B,): pass
print(A.z, A.__annotations__)
lambda: (yield)
print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, z=3), [lambda: 1][0](), (lambda x=(lambda: 2)(): x)())
try: pass
finally: print("finally")
with open(__file__) as (fh): pass
assert x, "msg"
del x, (y), [z]
print(not True, not not 1, - - 5, +-+1, ~-1, 2 ** -1, -2 ** 2, 1 if 0 else 2 if 0 else 3, 1 < 2 > 1 != 0, "a" in "ab" in ["ab"], not 1 in [2])
print(0b1_0, 0o1_7, 0xF_F, 1_0.0_1e1_0, .5e-1, 1., 1e1, 1j, 0_0, 00)
print("a" "b" f"{1}" r"\n", b"".decode(), """multi
line""", '''it's''')
print(*[1], *(2,), sep="-", end="!\n")
a = b = c = []
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
x: int
x: int = 5
(x): int = 6
a[0:1] if False else None
print(x, {1, 2,}, {1: 2,}, (1,), [1,], (), {*()}, {**{}}, [*()], f"{x!r:>{3}}")
async def co():
    async with a as b, c: pass
    async for i in x: pass
    return [i async for i in x], await x
def g():
    x = yield
    y = yield x, 1
    z = yield from g()
    return (yield)
match x:
    case 6: print("six")
type Alias[T] = list[T]
def gen[T: int, *Ts, **P](a: T) -> T: return a
class G[T]: pass
print(Alias, gen(3), G.__name__, gen.__type_params__)
if (n := 10) > 5 and (m := n): print(n, m)
@(lambda f: f)
def h(): "doc"; return
print(h.__doc__)
global q; q = 1
import sys as s, gc
from sys import (argv, path as p,)
print(len(argv), type(p).__name__, s.__name__, gc.__name__)
raise SystemExit
