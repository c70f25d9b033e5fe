# sys.getsizeof of one object of each built-in kind.
import sys
def f(a, b=1): return a
def g(): yield 1
async def c(): pass
class A: pass
class S: __slots__ = ('x', 'y', 'z')
class P:
    @property
    def p(self): return 1
s = sys.getsizeof
co = c()
items = dict(int0=0, int1=1, neg=-1, big30=2**30, big60=2**60, big=2**1000, float=1.5, complex=1j, bool=True, none=None, ell=..., ni=NotImplemented, str0='', str1='a', latin='é' * 3, bytes0=b'', bytes5=b'12345',
             ba=bytearray(), tup0=(), tup3=(1, 2, 3), list0=[], list1=[1], dict0={}, dict1={1: 1}, set0=set(), fs0=frozenset(), range=range(5), slice=slice(1), obj=object(), inst=A(), slots=S(),
             func=f, lam=lambda: 0, method=A().__init__, bound=P().__class__, builtin=len, bmeth=[].append, gen=g(), coro=co, prop=P.__dict__['p'], cm=classmethod(f), sm=staticmethod(f), exc=ValueError('x'), exc0=Exception(),
             oserr=OSError(1, 'a'), stop=StopIteration(1), key=KeyError(1), unic=UnicodeDecodeError('a', b'b', 0, 1, 'c'), group=ExceptionGroup('a', [ValueError()]), it=iter([]), rit=reversed([]), dit=iter({}), sit=iter(set()), strit=iter('a'), ustrit=iter('é'), tit=iter(()), rngit=iter(range(3)), enum=enumerate([]), zip=zip([], []), map=map(str, []), filt=filter(None, []),
             mv=memoryview(b''), cell=(lambda x: lambda: x)(1).__closure__[0], mod=sys, dk={}.keys(), super=super(A, A()), alias=list[int], union=int | str, typ=type('T', (), {}), meta=type, proxy=A.__dict__, wrapd=int.__add__, wrapm=(1).__add__, getset=A.__dict__['__dict__'], member=S.x, frame=sys._getframe(), callit=iter(f, 1))
for k, v in items.items():
    try:
        print(k, s(v))
    except TypeError as e:
        print(k, e)
co.close()
print(s(f.__code__) > 100, (5).__sizeof__(), [].__sizeof__(), s([]) - [].__sizeof__(), s(()) - ().__sizeof__(), s('') - ''.__sizeof__(), object().__sizeof__(), A().__sizeof__(), A.__sizeof__(A()))
class Bad:
    def __sizeof__(self): return 'x'
class Neg:
    def __sizeof__(self): return -1
class Own:
    def __sizeof__(self): return 1000
for b in (Bad, Neg):
    try:
        s(b())
    except Exception as e:
        print(type(e).__name__, e)
print(s(Own()), s(Bad(), 'default'))  # expect: 1032 default
try:
    s()
except TypeError as e:
    print(e)
