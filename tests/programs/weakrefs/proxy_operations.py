# Every operation through a proxy reaches the object; a dead proxy refuses.
import weakref
import operator as op
class V:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return 'V(%r)' % self.n
    def __str__(self):
        return 'v%d' % self.n
    def __bool__(self):
        return self.n != 0
    def __len__(self):
        return self.n
    def __iter__(self):
        return iter(range(self.n))
    def __contains__(self, x):
        return x == self.n
    def __getitem__(self, i):
        return ('item', i)
    def __setitem__(self, i, v):
        log.append(('set', i, v))
    def __delitem__(self, i):
        log.append(('del', i))
    def __call__(self, *a, **k):
        return a, k
    def __eq__(self, o):
        return NotImplemented if not isinstance(o, V) and type(o) is not int else (o.n if isinstance(o, V) else o) == self.n
    def __lt__(self, o):
        return self.n < (o.n if isinstance(o, V) else o)
    def __int__(self):
        return self.n
    def __float__(self):
        return self.n + .5
    def __index__(self):
        return self.n
    def __bytes__(self):
        return b'v'
    def __reversed__(self):
        return iter('rev')
    def __enter__(self):
        return 'in'
    def __exit__(self, *a):
        return True
log = []
two = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'divmod', 'pow', 'lshift', 'rshift', 'and', 'or', 'xor', 'matmul']
for name in two:
    for form in ('__%s__', '__r%s__', '__i%s__'):
        full = form % name
        def f(self, other, full=full):
            return full, type(self).__name__, type(other).__name__
        if full != '__idivmod__':
            setattr(V, full, f)
for name in ('neg', 'pos', 'abs', 'invert'):
    setattr(V, '__%s__' % name, lambda self, name=name: (name, type(self).__name__))
v = V(3)
p = weakref.proxy(v)
print(type(p), str(p), bool(p), len(p), list(p), 3 in p, 4 in p, p[1], p[1:2], p(1, a=2))
p[5] = 6
del p[7]
print(log)
print(p == 3, p != 3, p < 4, p == V(3), p == p, v == p, p > 2 if hasattr(V, '__gt__') else None)
for name in two:
    f = getattr(op, name if name not in ('and', 'or', 'divmod') else name + '_', None) or divmod
    print(name, f(p, 1), f(1, p), f(p, p))
    inplace = getattr(op, 'i' + name, None)
    if inplace:
        print(inplace(p, 1))
print(pow(p, 2), -p, +p, abs(p), ~p, int(p), float(p), op.index(p), [10, 20, 30, 40][p], bytes(p), list(reversed(p)))
p.attr = 1
print(v.attr, p.attr, hasattr(p, 'zzz'), p.__class__ is V, isinstance(p, V), type(p) is V)
del p.attr
print(hasattr(v, 'attr'))
for bad in (lambda: hash(p), lambda: p.zzz):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
v.n = 0
print(bool(p), len(p), list(p))
del v
for name, f in [('str', lambda: str(p)), ('bool', lambda: bool(p)), ('add', lambda: p + 1), ('radd', lambda: 1 + p), ('eq', lambda: p == 1), ('len', lambda: len(p)),
                ('iter', lambda: iter(p)), ('item', lambda: p[0]), ('call', lambda: p()), ('attr', lambda: p.n), ('set', lambda: setattr(p, 'n', 1)), ('int', lambda: int(p)),
                ('in', lambda: 1 in p), ('neg', lambda: -p), ('repr', lambda: repr(p).startswith('<weakproxy at ')), ('hash', lambda: hash(p)), ('class', lambda: p.__class__)]:
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)
