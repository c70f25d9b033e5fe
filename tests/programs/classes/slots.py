# __slots__: layout, sizes, errors, inheritance, weakref and dict slots.
import sys
class S:
    __slots__ = ('a', 'b')
s = S()
s.a = 1
print(s.a, hasattr(s, 'b'), hasattr(s, '__dict__'), sys.getsizeof(s), S.__slots__, type(S.a).__name__, S.a.__get__(s), repr(S.a))
for c in ('s.c = 1', 's.b', 'del s.b', 's.__dict__', 'S.a.__get__(5)', 'S.a.__set__(s)', 'import _weakref; _weakref.ref(s)', 's.__class__ = int'):
    try:
        exec(c)
    except Exception as e:
        print(c, '->', type(e).__name__, e)
del s.a
print(hasattr(s, 'a'))  # expect: False
class T(S):
    __slots__ = ('c',)
class U(S): pass
class V(S):
    __slots__ = ('__dict__',)
class W(S):
    __slots__ = '__weakref__',
class X:
    __slots__ = 'single'
class Y:
    __slots__ = {'d': 'doc of d'}
class Z:
    __slots__ = ()
class P: pass
print([sys.getsizeof(c()) for c in (S, T, U, V, W, X, Y, Z, P, object)], [c.__basicsize__ for c in (S, T, U, V, W, X, Y, Z, P, object)], [c.__dictoffset__ for c in (S, U, V, P)], [c.__weakrefoffset__ for c in (S, U, W, P)], Y.d.__doc__)
u = U()
u.a, u.z = 1, 2
print(u.__dict__, u.a)  # expect: {'z': 2} 1
for body in ("__slots__ = ('a', 'a')", "__slots__ = ('a',); a = 1", "__slots__ = (5,)", "__slots__ = ('x y',)", "__slots__ = ('__dict__', '__dict__')", '__slots__ = 5', "__slots__ = ['1a']"):
    try:
        exec('class Q:\n ' + body)
        print(body, 'fine', list(Q.__slots__))
    except Exception as e:
        print(body, '->', type(e).__name__, e)
class A:
    __slots__ = ('x',)
class B:
    __slots__ = ('y',)
try:
    class C(A, B): pass
except TypeError as e:
    print(e)
class D(A):
    __slots__ = ('x',)
d = D()
d.x = 1
A.x.__set__(d, 2)
print(d.x, A.x.__get__(d))  # expect: 1 2
class M:
    __slots__ = ('__private', 'pub')
    def __init__(self): self.__private = 5
print(M()._M__private, sorted(n for n in M.__dict__ if 'p' in n and not n.startswith('__'))[:3])
class E:
    __slots__ = ('a', 'b')
class F:
    __slots__ = ('a', 'b')
e = E()
e.a = 'kept'
e.__class__ = F
print(type(e).__name__, e.a)  # expect: F kept
try:
    e.__class__ = S if False else X
except TypeError as err:
    print(err)
o = object()
n = sys.getrefcount(o)
e.a = o
e.b = o
print(sys.getrefcount(o) - n)  # expect: 2
del e.a
del e
print(sys.getrefcount(o) - n)  # expect: 0
class L(list):
    __slots__ = ('extra',)
l = L([1])
l.extra = 2
print(l, l.extra, hasattr(l, '__dict__'), sys.getsizeof(L()) - sys.getsizeof([]))  # expect: [1] 2 False 8
