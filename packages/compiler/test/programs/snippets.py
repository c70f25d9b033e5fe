def generic[T: int, *Ts, **P](a: T, /, *args: *Ts, k: "x" = 1, **kw: P.kwargs) -> T:
    return lambda: (T, Ts, P)
# ---
class A[T = int, *Ts = *tuple[int, ...], **P = [int]](Base[T], metaclass=M):
    x: T
    def m[U: (int, str)](self, u: U) -> T: return super().m(T, U, __class__)
    type Alias[V] = dict[V, T] | list[x]
# ---
class Outer:
    __private = 1
    y = 2
    type L = (lambda: y, [y for _ in y], (y for _ in y))
    def f(self, __arg=__private): return self.__private + __arg
    class __Inner[__T]: z: __T
# ---
match command.split():
    case ["go", ("north" | "south") as direction, *_] if direction: go(direction)
    case [first, *_, last]: pass
    case [_, _]: pass
    case {"x": 0, "y": [a, *b], **rest}: print(a, b, rest)
    case {**all}: pass
    case {}: pass
    case Point(x=0, y=0) | Point(0, 0): pass
    case Point(x, y=z): print(x, z)
    case -1 | 2.5 | 1 + 2j | "s" "t" | b"u" | None | True: pass
    case a.b.c: pass
    case (x, y) | [y, x, _]: pass
    case str() as s: pass
    case [[a, b], c] | [c, [b, a], None]: print(a, b, c)
    case other: pass
# ---
try:
    f()
except* (ValueError, TypeError) as eg:
    g(eg)
except* OSError:
    h()
else:
    i()
finally:
    j()
# ---
def f():
    while True:
        try:
            if a: return x
            if b: break
            if c: continue
            with d as e, f: return y
        except E as err:
            if g: return 1
            break
        finally:
            if h: continue
            k = lambda: 0
# ---
async def agen(a):
    async with a as b, c:
        async for i in b:
            yield await i
    return
async def coro():
    return [x async for x in agen(1) if await x], {y: z for y in await q async for z in y}, (w async for w in v)
# ---
def f():
    del x
    print(x)
    x = 1
    for y in (): pass
    print(y, x)
    with open(y) as z: pass
    print(z)
    try: q = 1
    except: pass
    print(q)
# ---
def f(a, b, c):
    a, b = b, a
    a, b, c = c, b, a
    a, b, a = 1, 2, 3
    (a, *b), c = c
    [x, y] = a.b, c[0]
    a = b = c.d = e[f] = 5
    return a if b else c if a else b
# ---
def f():
    if not (a and b or not c) and (d if e else g): return 1
    if a < b < c and not d in e is not f: pass
    while not a or b: pass
    assert a < b < c, "message"
    x = a and (b or c) and not d
    return a is None or b is not None and not (c is None)
# ---
"%s and %-10r, %5.2a %% %%s" % (a, b, c), "%d" % (a,), "%s" % a, "%s" % ()
# ---
x = 1 + 2 * 3 ** 4 // 5 % 7 << 2 | 8 ^ 3 & ~1, -0.0, +1, not 1, 1e308 * 10, 2 ** 1000, "ab" * 3, (1, 2) * 2, b"a" + b"b"
y = "abc"[1], (1, 2, 3)[-1], b"abc"[0], "abc"[5], 1 / 3, 7 // -2, -7 % 3, 1.5 // 0.4, 0.1 ** 3, 10 ** -3, 3j * 2, 1 / 0, 1 % 0
# ---
"""Module
   doc
      string

   end
"""
def f():
    """  first
	tab
        second
      """
class C:
    "a" "b"
    def g(self): f"not {a} doc"
# ---
from __future__ import annotations
x: list[int | None] = lambda a, /, b=1, *c, d, e=2, **f: (yield)
def f(a: {1: 2, **k}, *b: *Ts, c: "s" = 1, d: f"{x!r:>{w}} {{}}" = 2) -> (await_(x) if y else [i for i in j if k]): pass
class C:
    y: not a or (b and -c ** -d) < e != f
    z: a[1:2, ::3, ...], (b,), (), {*c}, x.y[z](1, *a, k=2, **d), 1e1000, 1 .real, u"u", b"b", 'it\'s "q"'
    w.v: (p := q)
# ---
f(*a, b, *c, d=1, **e, g=2, h=3, **i)
f(1, 2, *a)
f(**a)
f(x for x in y)
f(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31)
o.m(1, k=2).n(*a).p
{**a, 'b': 1, 'c': 2, **d, e: f}, {1, *a}, [1, *a, 2], (*a, 1), [1, 2, 3], {1, 2, 3}, [a, b, c]
# ---
def outer():
    a = b = 1
    def inner():
        nonlocal a
        global g
        a += 1
        g = [a for a in b if (c := a)]
        class K:
            nonlocal b
            b = a
            def m(self): return __class__, b, a
        return c
    return [lambda: (i, a) for i in b], {i: [j + i for j in b] for i in a}
# ---
class C:
    a = [x for x in y]
    b = [(lambda: x)() for x in a]
    c = [__class__ for _ in a]
    d = [[y for y in x] for x in a if super]
    x = 1
    def f(self): self.x = self.y, self.z = 1, 2; self.w += 1; self.v: int = 3; self.u: int
# ---
import a, b.c, d.e.f as g, h as i
from . import j
from .. k import l as m, n
from o import *
# ---
x[1:2] = y[::2]; x[1:2] += 3; x[a, b:c] -= 1; del x[1:2], x[0], x.y, x
x.y += 1
x @= y; x //= z; x **= 2; x >>= 1
# ---
for i in [1, 2, 3]:
    if i: continue
    else: break
else:
    print(i in {1, 2}, i not in [a, b], i in [])
while 1:
    if x: break
while 0: y
if 0: a
elif 1: b
else: c
# ---
@dec
@other(1)
def f(): pass
@(lambda c: c)
class C(a, *b, k=1, **d): pass
# ---
def g():
    x = yield
    y = yield 1, 2
    z = yield from x
    try: yield
    finally: return (yield)
# ---
a = f"{x}{y!r}{z:>10}{'a'}{w=}{v!s:{p}.{q}}", f"", f"a", f"{{" rf"\d{x}", f"{x:{y:{1}}}"
# ---
def f():
    x = 1
    return locals(), [x for x in [x] for y in [x] for z in (y,)], {**{}}, (x := 2, [x := 3 for _ in ()])
# ---
def f():
    try:
        return
    except:
        raise
    else:
        return 1
    finally:
        pass
# ---
lambda: (yield)
lambda a, /, b=1, *c, d, e=2, **f: None
lambda *, a: a
# ---
def f(): (
    a
    .b
    .c(1)
    [2]
    .d
)
x = (super().__class__, super)
# ---
print(1000, 1000, 1.0, 1, True, 0.0, -0.0, (1, 1.0), "a", b"a", 1j, -1j, ..., None)
# ---
def f():
    global x
    y: int
    (z): int = 3
    a.b: c
    a[b]: c = d
