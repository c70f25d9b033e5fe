# Key functions, __del__, weakref callbacks, hooks, formatting, sorting and imports that raise.
# portable
import sys, gc, _weakref as weakref
class Boom(Exception): pass
def attempt(name, f):
    try:
        print(name, f())
    except BaseException as e:
        print(name, type(e).__name__, e)
        e.__traceback__ = None
count = 0
def at(n):
    global count
    count = 0
    def key(x, *more):
        global count
        count += 1
        if count == n: raise Boom(n)
        return [x]
    return key
data = [[n * 7919 % 101] for n in range(80)]
class L:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        global count
        count += 1
        if count == limit: raise Boom('lt')
        return self.v < o.v
for n in (1, 2, 40, 80, 81):
    attempt('sort key %d' % n, lambda: len(sorted(data, key=at(n))))
    attempt('max key %d' % n, lambda: max(data, key=at(n)))
    attempt('min key %d' % n, lambda: min(*data, key=at(n)))
    attempt('map %d' % n, lambda: len(list(map(at(n), data))))
    attempt('filter %d' % n, lambda: len(list(filter(at(n), data))))
    limit, count = n, 0
    items = [L(x[0]) for x in data]
    attempt('sort lt %d' % n, lambda: items.sort())
    print(len(items), len({id(x) for x in items}))
    count = 0
    attempt('sort reverse %d' % n, lambda: items.sort(reverse=True))
    count = 0
    attempt('sort key lt %d' % n, lambda: items.sort(key=lambda x: L(-x.v)))
    print(len(items), len({id(x) for x in items}))
class Changer:
    def __init__(self, l): self.l = l
    def __lt__(self, o):
        self.l.append([1])
        return True
l = []
l += [Changer(l) for _ in range(3)]
attempt('changed', lambda: l.sort())
l.clear()
unraisable = []
sys.unraisablehook = lambda u: unraisable.append((u.exc_type.__name__, str(u.exc_value), u.err_msg))
class Del:
    def __init__(self, n): self.n = n
    def __del__(self):
        keep = [self.n]
        raise Boom('del %s' % self.n)
def f():
    a = Del(1)
    b = Del(2)
    raise ValueError('f')
attempt('locals', f)
Del(3)
x = Del(4)
x = None
d = {1: Del(5), 2: Del(6)}
d[1] = 0
d.clear()
c = Del(7)
c.me = c
del c
gc.collect()
print(unraisable)
unraisable.clear()
class T: pass
t = T()
refs = [weakref.ref(t, lambda r: 1 / 0), weakref.ref(t, lambda r: unraisable.append('called')), weakref.ref(t, lambda: 0)]
del t
t = T()
t.me = t
refs += [weakref.ref(t, lambda r: [][1]), weakref.ref(t, lambda r: unraisable.append('called'))]
del t
gc.collect()
print(len(unraisable), unraisable)
unraisable.clear()
def callback(phase, info): raise Boom(phase)
gc.callbacks.append(callback)
gc.collect()
gc.callbacks.clear()
print(unraisable)
unraisable.clear()
class F:
    def __format__(self, spec):
        if spec == 'bad': return 5
        raise Boom(spec)
    def __repr__(self): raise Boom('repr')
    __str__ = lambda self: 5
attempt('format', lambda: '{:x} {}'.format(F(), [1]))
attempt('format bad', lambda: f'{[1]} {F():bad}')
attempt('format repr', lambda: f'{[1]} {F()!r}')
attempt('format str', lambda: f'{[1]} {F()!s}')
attempt('format arg', lambda: '{0[k]} {1}'.format({'k': F()}, [1]))
attempt('format attr', lambda: '{0.x.y}'.format(F()))
attempt('format index', lambda: '{} {} {}'.format([1], [2]))
attempt('format map', lambda: '{a} {b}'.format_map({'a': [1]}))
attempt('format nested', lambda: '{:{}}'.format([1], F()))
attempt('percent', lambda: '%s %s' % ([1], F()))
attempt('percent map', lambda: '%(a)s %(b)s' % {'a': [1]})
attempt('percent few', lambda: '%s %s %s' % ([1], [2]))
attempt('percent many', lambda: '%s' % ([1], [2]))
attempt('percent type', lambda: '%s %d' % ([1], [2]))
attempt('repr list', lambda: repr([[1], F(), [2]]))
attempt('repr dict', lambda: repr({'a': [1], 'b': F()}))
attempt('repr set', lambda: repr({1, F()}))
attempt('repr tuple', lambda: repr(([1], F())))
attempt('print', lambda: print([1], F(), [2]))
attempt('join', lambda: ','.join(['a', F()]))
attempt('translate', lambda: 'abcabc'.translate({97: [1]}))
attempt('translate map', lambda: 'abcabc'.translate(Mapping()))
class Mapping:
    def __getitem__(self, k): raise Boom(k)
    def keys(self): return ['a', 'b']
attempt('translate map', lambda: 'abcabc'.translate(Mapping()))
attempt('dict mapping', lambda: dict(Mapping()))
attempt('star mapping', lambda: print(**Mapping()))
attempt('update mapping', lambda: {}.update(Mapping(), k=[1]))
attempt('exec mapping', lambda: exec('a', {}, Mapping()))
attempt('eval', lambda: eval('[1] + undefined'))
attempt('compile', lambda: compile('x = [', 'f', 'exec'))
attempt('exec', lambda: exec('x = [[1], [2]]\ny = x[5]', {}))
attempt('import', lambda: __import__('no_such_module'))
attempt('import from', lambda: exec('from sys import no_such_name'))
attempt('import star', lambda: exec('def f():\n  import sys.nothing\nf()'))
attempt('builtin import', lambda: exec('import a', {'__builtins__': {'__import__': at(1)}}))
attempt('raise class', lambda: exec('raise Bad', {'Bad': type('Bad', (Exception,), {'__init__': at(1)})}))
attempt('raise type', lambda: exec('raise 5'))
attempt('raise from', lambda: exec('raise ValueError from 5'))
attempt('except type', lambda: exec('try: 1/0\nexcept 5: pass'))
attempt('assert', lambda: exec('assert [], [1]'))
attempt('unpack', lambda: exec('a, b = [[1], [2], [3]]'))
attempt('unpack few', lambda: exec('a, b, *c = [[1]]'))
attempt('del', lambda: exec('del nothing'))
attempt('nonlocal', lambda: exec('def f():\n  x = [1]\n  del x\n  return x\nf()'))
attempt('closure', lambda: exec('def f():\n  def g(): return x\n  g()\n  x = 1\nf()'))
attempt('binary', lambda: [1] + (2,))
attempt('inplace', lambda: exec('x = (1,); x += [1]'))
attempt('compare', lambda: [1] < (1,))
attempt('call', lambda: [1]([2], k=[3]))
attempt('subscript', lambda: {'a': [1]}[[1]])
attempt('exit', lambda: sys.exit([1]))
attempt('int', lambda: int('x' * 50))
attempt('big', lambda: 10 ** 100 // 0)
attempt('shift', lambda: 1 << -5)
attempt('float', lambda: float('nope'))
attempt('encode', lambda: 'é'.encode('ascii'))
attempt('decode', lambda: b'\xff'.decode())
attempt('chr', lambda: chr(-1))
attempt('groups', lambda: exec('try:\n  raise ExceptionGroup("g", [ValueError(1), TypeError(2)])\nexcept* ValueError as e:\n  raise KeyError(3)'))
def recurse(n): return [recurse(n + 1)]
sys.setrecursionlimit(150)
attempt('recursion', lambda: recurse(0))
