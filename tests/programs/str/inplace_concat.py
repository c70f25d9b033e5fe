# s += t on a local resizes in place when there is one reference: seen through id() and refcounts.
import sys
def f():
    s = 'a' * 40
    moved = 0
    for i in range(100):
        before = id(s)
        s += 'x'
        if id(s) != before: moved += 1
    return len(s), moved < 100
print(f())  # expect: (140, True)
def g():
    s = 'a' * 40
    t = s
    s += 'b'
    return len(s), len(t), t == 'a' * 40, s is t
print(g())  # expect: (41, 40, True, False)
def h():
    s = 'a' * 40
    L = [s]
    s += 'z'
    return L[0] == 'a' * 40, s[-1], len(s)
print(h())  # expect: (True, 'z', 41)
def widen():
    s = 'abc' * 10
    s += 'é'
    s += '€'
    s += '😀'
    return s[-4:], sys.getsizeof(s), len(s)
print(widen())  # expect: ('cé€😀', 192, 33)
def build(n):
    s = ''
    for i in range(n):
        s += str(i)
    return len(s), sys.getsizeof(s), hash(s) == hash(''.join(map(str, range(n))))
print(build(1000))  # expect: (2890, 2931, True)
g_s = 'start' * 4
for i in range(10):
    g_s += str(i)
print(g_s, sys.getsizeof(g_s))  # expect: startstartstartstart0123456789 71
def u():
    s = 'x' * 30
    s = s + 'y'
    s = 'y' + s
    return s, sys.getrefcount(s)
print(u())  # expect: ('yxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy', 3)
class C: pass
o = C()
o.s = 'q' * 30
o.s += 'w'
print(len(o.s), o.s[-2:])  # expect: 31 qw
d = {'k': 'v' * 20}
d['k'] += 'end'
print(d)  # expect: {'k': 'vvvvvvvvvvvvvvvvvvvvend'}
