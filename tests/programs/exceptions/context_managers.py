# with: __enter__ and __exit__ order, suppression, several managers, errors in each place, return and break inside.
# portable
log = []
class CM:
    def __init__(self, n, swallow=False, enter=None, exit=None): self.n, self.s, self.en, self.ex = n, swallow, enter, exit
    def __enter__(self):
        log.append('+' + self.n)
        if self.en: raise self.en
        return self.n
    def __exit__(self, t, v, tb):
        log.append('-' + self.n + (':' + t.__name__ if t else ''))
        if self.ex: raise self.ex
        return self.s
def show(*a):
    print(*a, ' '.join(log))
    log.clear()
with CM('a') as x, CM('b') as y: log.append(x + y)
show()
with (CM('a') as x, CM('b') as (y), CM('c'),): pass
show()
with CM('a', True): 1 / 0
show('suppressed')
for c in (lambda: [None for _ in [0] if CM('z')], lambda: enter_fails(), lambda: exit_fails(), lambda: both()):
    def enter_fails():
        with CM('a'), CM('b', enter=KeyError('enter')), CM('c'): pass
    def exit_fails():
        with CM('a', exit=ValueError('exit')): pass
    def both():
        with CM('a', True), CM('b', exit=ValueError('exit')): raise KeyError('body')
    try:
        c()
        show('fine')
    except Exception as e:
        show(repr(e), repr(e.__context__))
def ret():
    with CM('r'): return 'returned'
show(ret())
for i in range(3):
    with CM(str(i)):
        if i == 1: break
        continue
show()
def ret_swallow():
    with CM('s', True):
        return 1 / 0
    return 'after'
show(ret_swallow())
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
for v in (NoExit(), NoEnter(), 5):
    try:
        with v: pass
    except TypeError as e:
        print(e)
async def co():
    with CMA(): pass
class CMA:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass
try:
    co().send(None)
except TypeError as e:
    print(e)
class Truthy:
    def __enter__(self): return self
    def __exit__(self, *a): return 'yes'
with Truthy(): raise ValueError
class BadBool:
    def __bool__(self): raise TypeError('no bool')
class ExitBad(Truthy):
    def __exit__(self, *a): return BadBool()
try:
    with ExitBad(): raise ValueError('body')
except TypeError as e:
    print(e, repr(e.__context__))
d = {}
with CM('t') as d['key']: pass
with CM('u') as (p): pass
with CM('xy') as (q, r): pass
show(d, p, q, r)
def gen():
    with CM('g'):
        yield 1
        yield 2
g = gen()
next(g)
g.close()
show()
try:
    with CM('o') as a.b: pass
except NameError as e:
    show(e)
def nested(n):
    with CM(str(n)):
        if n: nested(n - 1)
        else: raise ValueError('deep')
try:
    nested(3)
except ValueError:
    show()
class Open:
    def __init__(self): self.closed = False
    def __enter__(self): return self
    def __exit__(self, *a): self.closed = True
o = Open()
with o as f: print(f is o, o.closed)
print(o.closed)  # expect: True
class Static:
    @staticmethod
    def __enter__(): return 'static'
    @classmethod
    def __exit__(cls, *a): return None
with Static() as s: print(s)
