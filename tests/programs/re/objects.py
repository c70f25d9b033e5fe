# The objects of re: sizes, what they refer to, flags, attributes, comparison, hashing, copying.
import copy
import gc
import re
import sys
import weakref
import _sre

p = re.compile(r'a(?P<x>b)|c*')
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex), type(p.groupindex))
print(sys.getsizeof(p), type(p).__basicsize__, type(p).__itemsize__, gc.is_tracked(p), gc.get_referents(p))
m = p.match('ab')
print(m, sys.getsizeof(m), gc.is_tracked(m), gc.get_referents(m))
s = p.scanner('abcab')
print(type(s), sys.getsizeof(s), gc.get_referents(s), s.pattern is p)
t = _sre.template(p, ['a', 1, 'b', 1, ''])
print(type(t), sys.getsizeof(t), gc.get_referents(t))
for x in s.search(), s.search(), s.search(), s.search(), s.search(), s.search(), s.match():
    print(x)
for n in range(1, 6):
    q = re.compile('(' * n + 'z' + ')' * n)
    print(n, sys.getsizeof(q), sys.getsizeof(q.match('z')))
for T in type(p), type(m), type(s), type(t):
    print(T.__name__, T.__module__, T.__qualname__, T.__mro__, T.__doc__)
    print([n for n in dir(T) if n not in dir(object)])
    try:
        T()
    except TypeError as e:
        print(e)
    try:
        class Sub(T):
            pass
    except TypeError as e:
        print(e)
print(p == re.compile(r'a(?P<x>b)|c*'), p == re.compile('x'), p != re.compile('x'), p == 3)
print(hash(p) == hash(re.compile(r'a(?P<x>b)|c*')), hash(re.compile(b'a')) == hash(re.compile('a')))
try:
    p < p
except TypeError as e:
    print(e)
print(copy.copy(p) is p, copy.deepcopy(p) is p, copy.copy(m) is m, copy.deepcopy(m) is m)
w = weakref.ref(p)
print(w() is p)
try:
    weakref.ref(m)
except TypeError as e:
    print(e)
print(re.Pattern[str], re.Match[bytes])
print(m.string, m.re is p, m.pos, m.endpos, m.lastindex, m.lastgroup, m.regs, m.regs is m.regs)
print(m.group(), m.group(0), m.group('x'), m.group(0, 'x', 1), m[0], m['x'], m.groups(), m.groupdict())
print(m.start(), m.end(), m.span(), m.start('x'), m.end(1), m.span(True))
m = p.match('zab')
print(m, m.groups(), m.groups(0), m.groupdict('d'), m.span('x'), m.lastindex, m.lastgroup, m.regs)
for bad in 5, -1, 'y', 1.5, None, b'x':
    try:
        m.group(bad)
    except Exception as e:
        print(type(e).__name__, e)
for name in 'pattern', 'flags', 'groups', 'groupindex':
    try:
        setattr(p, name, 1)
    except AttributeError as e:
        print(e)
for flags in 0, re.I, re.A, re.I | re.M | re.S | re.X, re.A | re.I:
    print(re.compile('a', flags), re.compile('a', flags).flags)
print(re.compile(b'a', re.L), re.compile(b'a').flags, re.compile('é' * 300))
print(re.match('.*', 'é' * 300), re.match(b'..', b'\x00\xff'), re.match('.', '\U0001f600'))
print(sys.getrefcount(m.string), sys.getrefcount(m))
