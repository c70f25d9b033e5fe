# gc.is_tracked: atoms, tuples and dicts that are untracked, when that happens.
import gc
class A: pass
class S: __slots__ = ()
class S1: __slots__ = ('x',)
for n, v in dict(int=1, float=1.5, str='a', bytes=b'', none=None, tup0=(), list=[], dict={}, dict1={'a': 1}, dictlist={'a': []}, set=set(), fs=frozenset(), inst=A(), slots0=S(), slots1=S1(), obj=object(), func=len, lam=lambda: 0, cls=A, mod=gc, rng=range(3), sl=slice(1), it=iter([]), gen=(x for x in ()), exc=ValueError(), ba=bytearray(), mv=memoryview(b''), cell=(lambda x: lambda: x)(1).__closure__[0], bm=A().__init__, prop=property(), code=(lambda: 0).__code__, dk={}.keys(), zip=zip(), en=enumerate([]), big=2**100, cplx=1j, typ=int, al=list[int], un=int | str, sup=super(A, A()), proxy=A.__dict__).items():
    print(n, gc.is_tracked(v), end='; ')
print()
a = 1
t = (a, 2)
u = (a, [])
v = (t, 'x')
w = ((u,),)
print(gc.is_tracked(t), gc.is_tracked(u), gc.is_tracked(v), gc.is_tracked(w))  # expect: True True True True
gc.collect()
print(gc.is_tracked(t), gc.is_tracked(u), gc.is_tracked(v), gc.is_tracked(w))  # expect: False True True True
d = {}
d['a'] = 1
print(gc.is_tracked(d))  # expect: False
d['b'] = (1, 2)
print(gc.is_tracked(d))  # expect: False
d['c'] = []
print(gc.is_tracked(d))  # expect: True
del d['c']
print(gc.is_tracked(d))  # expect: True
gc.collect()
print(gc.is_tracked(d))  # expect: False
print(gc.is_tracked({'k': [1]}), gc.is_tracked({(1, 2): 3}), gc.is_tracked({1: A()}), gc.is_tracked(dict(a=1)), gc.is_tracked(dict(a=[])), gc.is_tracked({**{'a': 1}}), gc.is_tracked({i: i for i in range(3)}), gc.is_tracked({i: [] for i in range(3)}), gc.is_tracked({'a': 1}.copy()), gc.is_tracked({'a': []}.copy()))
i = A()
print(gc.is_tracked(i), gc.is_tracked(i.__dict__))  # expect: True False
i.x = 1
print(gc.is_tracked(i.__dict__))  # expect: False
i.y = []
print(gc.is_tracked(i.__dict__))  # expect: False
print(gc.is_tracked(tuple([1, 2])), gc.is_tracked(tuple([[]])), gc.is_tracked((1, 2)), gc.is_tracked(tuple('ab')))
x = (1, (2, (3, (a, 4))))
gc.collect()
print(gc.is_tracked(x))  # expect: True
print(gc.is_finalized(i), gc.is_finalized(1))  # expect: False False
