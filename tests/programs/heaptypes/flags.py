# Types that CPython's C code makes on the heap: flags, sizes, names, tracking, references from instances and subclasses.
import collections
import gc
import itertools
import operator
import sys
import _abc
import _io
import _thread
import _typing
T = _typing
def show(t): print(t, hex(t.__flags__), sys.getsizeof(t), gc.is_tracked(t), t.__module__, t.__name__, t.__qualname__, list(vars(t))[-2:])
for t in (T.TypeVar, T.ParamSpec, T.TypeVarTuple, T.ParamSpecArgs, T.ParamSpecKwargs): show(t)
for name in ('accumulate', 'batched', 'chain', 'combinations', 'combinations_with_replacement', 'compress', 'count', 'cycle', 'dropwhile', 'filterfalse', 'groupby', 'islice', 'pairwise', 'permutations', 'product', 'repeat', 'starmap', 'takewhile', 'zip_longest'):
    show(getattr(itertools, name))
for t in (operator.itemgetter, collections.deque, collections.defaultdict, _io.FileIO, _io.BytesIO, _io.StringIO, _io.BufferedReader, _io.TextIOWrapper, _io._IOBase, _thread.RLock): print(t, sys.getsizeof(t), gc.is_tracked(t), t.__module__, bool(t.__flags__ & 512))
for t in (int, list, type(None), property, type(iter([])), type): print(t, bool(t.__flags__ & 512), gc.is_tracked(t), sys.getsizeof(t))
before = sys.getrefcount(T.TypeVar), sys.getrefcount(collections.deque), sys.getrefcount(itertools.count)
keep = [T.TypeVar('T') for _ in range(10)], [collections.deque() for _ in range(20)], [itertools.count() for _ in range(30)]
print([a - b for a, b in zip((sys.getrefcount(T.TypeVar), sys.getrefcount(collections.deque), sys.getrefcount(itertools.count)), before)])
del keep
print([a - b for a, b in zip((sys.getrefcount(T.TypeVar), sys.getrefcount(collections.deque), sys.getrefcount(itertools.count)), before)])
class D(collections.deque): pass
class S(_io.StringIO): pass
def used(c):
    n = sys.getrefcount(c)
    a, b = c(), c()
    m = sys.getrefcount(c)
    del a, b
    return m - n, sys.getrefcount(c) - n
print(used(D), used(S))
import weakref
r = weakref.ref(D)
x = D()
x.me = x
del D, x
print(gc.collect() > 0, r() is None)
for t, name in ((itertools.count, 'x'), (collections.deque, 'append'), (T.TypeVar, '__name__')):
    try:
        setattr(t, name, 1)
    except TypeError as e:
        print(e)
