# repr of containers that contain themselves and each other, of subclasses and of views.
# portable
l = [1]
l.append(l)
d = {'d': 1}
d['self'] = d
l.append(d)
d['l'] = l
print(l, d)  # expect: [1, [...], {'d': 1, 'self': {...}, 'l': [...]}] {'d': 1, 'self': {...}, 'l': [1, [...], {...}]}
t = ([],)
t[0].append(t)
print(t, t[0])  # expect: ([(...)],) [([...],)]
class L(list): pass
class D(dict): pass
x = L()
x.append(x)
y = D()
y['y'] = y
print(x, y)  # expect: [[...]] {'y': {...}}
s = []
s.append({'k': (s,)})
print(s)  # expect: [{'k': ([...],)}]
class O:
    def __init__(self): self.me = self
    def __repr__(self): return f'O({self.__dict__ if deep else "..."})'
deep = False
print(O(), [O()])  # expect: O(...) [O(...)]
z = {}
z['values'] = z.values()
z['items'] = z.items()
print(z)
m = [None]
m[0] = iter(m)
print(repr(m).startswith('[<list_iterator object at 0x'))  # expect: True
sl = slice(l)
print(repr(sl)[:20])  # expect: slice(None, [1, [...
class R:
    def __repr__(self): return repr([self]) if False else '<R>'
print([R()], {R(): R()}, (R(), [R()]), {R()}, frozenset([R()]))
e = ValueError(l)
print(repr(e)[:40], str(e)[:20])
import sys
print(sys.getrefcount(l) > 2, [[...]], (..., ), {1: ...})  # expect: True [[Ellipsis]] (Ellipsis,) {1: Ellipsis}
n = []
cur = n
for i in range(3):
    cur.append([])
    cur = cur[0]
cur.append(n)
print(n)  # expect: [[[[[...]]]]]
