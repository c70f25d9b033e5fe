# Every protocol method counts its object: what each operation holds while it calls back.
import sys
class L:
    def c(self): return sys.getrefcount(self)
    def __hash__(self): return self.c()
    def __eq__(self, o): print('eq', self.c(), sys.getrefcount(o)); return False
    def __lt__(self, o): print('lt', self.c(), sys.getrefcount(o)); return False
    def __len__(self): print('len', self.c()); return 3
    def __iter__(self): print('iter', self.c()); return iter([1])
    def __bool__(self): print('bool', self.c()); return True
    def __index__(self): return self.c()
    def __add__(self, o): print('add', self.c(), sys.getrefcount(o)); return self
    def __call__(self, *a, **k): print('call', self.c(), [sys.getrefcount(x) for x in a], {n: sys.getrefcount(x) for n, x in k.items()}); return 1
    def __getattr__(self, n): print('getattr', self.c()); return 5
    def __setattr__(self, n, v): print('setattr', self.c(), sys.getrefcount(v))
    def __contains__(self, x): print('contains', self.c(), sys.getrefcount(x)); return True
    def __getitem__(self, x): print('getitem', self.c(), sys.getrefcount(x)); return 1
    def __enter__(self): print('enter', self.c()); return self
    def __exit__(self, *a): print('exit', self.c())
    def __str__(self): print('str', self.c()); return 's'
    def __repr__(self): print('repr', self.c()); return 'r'
    def __format__(self, s): print('format', self.c()); return 'f'
    def __del__(self): print('del', self.c())
    def __neg__(self): print('neg', self.c()); return 1
    def __bytes__(self): print('bytes', self.c()); return b''
    def __dir__(self): print('dir', self.c()); return []
    def __round__(self, *a): print('round', self.c()); return 1
    def __reversed__(self): print('reversed', self.c()); return []
    def __next__(self): print('next', self.c()); raise StopIteration
a, b, o = L(), L(), object()
print(hash(a), {a} and 1, {a: 1} and 2)
a == b; a == 1; a < b; a > b
[a].index(a); [b, a].count(1); a in [b]; (b,) == (a,); [b] == [a]; [b] < [a]
try: [b].remove(5)
except ValueError: pass
len(a); iter(a); list(a); bool(a); not a; a and 1
if a: pass
while a: break
[1, 2, 3][a:]; hex(a); range(10)[:a]
a + o; o in a; a[o]; a[o, 1]; a(o); a(o, k=o); a(*[o]); a(*(o,), **{'k': o}); a.zz; a.q = o; getattr(a, 'w'); hasattr(a, 'w'); setattr(a, 'w', o)
with a: pass
with a as c: pass
del c
str(a); repr(a); f'{a} {a!r} {a!s}'; '%s %r' % (a, a); '{} {!r}'.format(a, a); [a].__repr__(); (a,).__repr__(); str([a]); format(a); ascii(a)
-a; bytes(a); dir(a); round(a); reversed(a); next(a, 0); sum([1], a) if 0 else 0
sorted([a, b]); min(a, b); max([a, b]); [a, b].sort(key=lambda x: x.c()); any([a]); all([a, b]); list(filter(None, [a])); list(map(bool, [a, b])); [*a]; {**{}, 'k': a}; x, = a
for _ in a: pass
[i for i in a]; print(a); ','.join(str(i) for i in [a])
d = {}; d[a] = 1; d.get(a); a in d; d.pop(a); d.setdefault(a, 2)
try: del d[a]
except KeyError: print('gone')
s = {a}; s.add(a); a in s; s.discard(a)
isinstance(a, L); callable(a); id(a) and 1; vars(a) and 1; type(a) and 1
del a
b = 1
print('end')
