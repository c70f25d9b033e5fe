# What a piece of code adds to the count of young objects, the first time (the free lists are empty) and after: objects that
# come and go inside a native show here, since they end in a free list.
import gc
import sys

SETUP = '''
import sys, os
from collections import deque
from itertools import batched
class A: pass
class B:
    __slots__ = ('x',)
def with_extra(a, b=2):
    c = [a]
    cell = 5
    def inner(): return cell
    p = sys._getframe().f_locals
    p['new'] = 1
    return p
def plain(a, b=2):
    return sys._getframe().f_locals
P, Q, D = with_extra(1), plain(1), {'x': 1}
group = lambda: ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [KeyError(2), OSError(3)])])
'''
PARTS = r'''pass
group().subgroup(KeyError)
group().split(OSError)
group().split((KeyError, TypeError))
group().subgroup(lambda e: isinstance(e, ValueError))
group().derive([ValueError(1)])
try: raise group()\nexcept* OSError: pass\nexcept* ValueError: pass
try: raise ValueError(1)\nexcept* ValueError: pass
try: raise group()\nexcept* OSError: raise\nexcept* ValueError as e: raise TypeError
complex('1+2j')
complex('j')
complex('1+j')
complex('x')
complex('')
complex('(-j)')
1 << (1 << 62)
1 << (1 << 70)
[0] * (1 << 62)
[0, 1] * (1 << 62)
bytearray(1 << 62)
hash(type('x', (), {'__hash__': lambda s: 2 ** 100})())
from os import nope
delattr(A(), 'x')
delattr(B(), 'x')
A().x
list(P)
len(P)
P['a']
P['zz']
P.get('a')
P.get('zz', 3)
P.setdefault('b', 5)
P.setdefault('made', 5)
P.keys()
P.values()
P.items()
P.copy()
list(reversed(P))
repr(P)
P == D
P | D
D | P
P.update(D)
'zz' in P
dict(P)
list(Q)
Q.get('zz')
Q.setdefault('made', 5)
Q.values()
Q.items()
repr(Q)
dict((i, i) for i in range(3))
deque(range(3)) * 7
deque(range(3), 5) * 7
deque([1]) * 3
list(batched('abcde', 2))
list(batched('abcd', 2))
{1, 2}.symmetric_difference([2, 3])
sum([[1]], [])
sorted(i for i in (2, 1))'''.replace('\\n', '\0').split('\n')

env = {}
exec(SETUP, env)
gc.collect()
gc.freeze()
gc.disable()
count = gc.get_count
for part in PARTS:
    lines = part.split('\0')
    exec('def f():\n' + '\n'.join('    ' + line for line in lines), env)
    f = env['f']
    gc.collect()
    added = []
    for _ in range(3):
        before = count()[0]
        try:
            f()
        except BaseException as e:
            pass
        added.append(count()[0] - before)
    print(*added, ' / '.join(lines))
