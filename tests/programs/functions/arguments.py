# Parameters: defaults, keyword-only, positional-only, * and **; CPython's TypeErrors for wrong calls.
# portable
def f0(): pass
def f1(a): return a
def f2(a, b=2): return a, b
def f3(a, b, c): return a, b, c
def fk(a, *, k): return a, k
def fkd(*, k=1, m): return k, m
def fp(a, b, /): return a, b
def fpk(a, /, b, *, c=3): return a, b, c
def fv(*args): return args
def fkw(**kw): return kw
def fall(a, b=2, *args, c, d=4, **kw): return a, b, args, c, d, kw
def fpkw(a, /, **kw): return a, kw
print(f1(1), f2(1), f2(1, 3), f2(b=1, a=0), f3(1, c=3, b=2), fk(1, k=2), fkd(m=2), fp(1, 2), fpk(1, b=2), fpk(1, 2, c=4), fv(), fv(1, 2), fkw(a=1), fall(1, c=3), fall(1, 2, 3, 4, c=5, z=6), fpkw(1, a=2), fv(*[1, 2], *(3,)), fkw(**{'x': 1}, y=2), f3(*[1], **{'b': 2, 'c': 3}))
calls = ['f0(1)', 'f0(1, 2)', 'f0(a=1)', 'f1()', 'f1(1, 2)', 'f1(b=1)', 'f1(1, a=2)', 'f2()', 'f2(1, 2, 3)', 'f2(1, c=3)', 'f3()', 'f3(1)', 'f3(1, 2)', 'f3(1, 2, 3, 4)', 'f3(c=1)', 'fk(1)', 'fk()', 'fk(1, 2)', 'fk(1, k=1, z=2)', 'fk(1, 2, k=3)', 'fkd()', 'fkd(1)', 'fp(1)', 'fp()', 'fp(a=1, b=2)', 'fp(1, b=2)', 'fp(1, 2, 3)', 'fpk(1)', 'fpk(a=1, b=2)', 'fpk()', 'fv(a=1)', 'fkw(1)', 'fall()', 'fall(1)', 'fall(c=1)', 'fall(1, a=2, c=3)', 'fpkw()', 'fpkw(a=1)', 'f1(*5)', 'f1(**5)', 'fkw(**{1: 2})', 'fkw(a=1, **{"a": 2})', 'fv(*[1], *None)', 'f2(1, B=3)', 'fk(1, kk=2)', 'f3(1, b=2)', '(lambda x, y: 0)(1)', '(lambda: 0)(1)', 'f2(*(1, 2, 3))', 'fkw(**{"a": 1}, **{"a": 2})', 'f1(**{"zz": 1})', '[][:]()', 'f0()()', 'dict()()', 'fall(1, 2, b=3, c=1)']
for c in calls:
    try:
        print(c, eval(c))
    except TypeError as e:
        print(c, '->', e)
class A:
    def m(self, x): return x
    def n(): pass
    @classmethod
    def c(cls, x): return x
    @staticmethod
    def s(x): return x
    def __init__(self, q=1): pass
for c in ['A().m()', 'A().m(1, 2)', 'A().n()', 'A.m(1)', 'A.c()', 'A.s()', 'A(1, 2)', 'A(z=1)', 'A.m()', 'A().zz()', 'object(1)', 'type()', 'len()', 'len(1, 2)', 'abs(x=1)', 'print(foo=1)', 'isinstance(1)', 'int(1, 2, 3)', '[].append()', '"".join(1, 2)', 'dict(1, 2)', 'sorted()', 'hash()', 'ord("a", 1)', 'getattr(1)', 'range()', 'divmod(1)', 'min()', 'pow(1)', 'open()', 'chr()', 'round()', 'sum()', 'callable()', 'id(1, 2)', 'setattr(1)', 'issubclass(int)', 'input(1, 2)', 'vars(1, 2)', 'repr()', 'max(key=len)', 'enumerate(x=1)', '{}.update(1, 2)', '[].sort(1)', '"a".split(foo=1)', 'str(1, 2, 3, 4)']:
    try:
        print(c, eval(c))
    except (TypeError, AttributeError) as e:
        print(c, '->', e)
