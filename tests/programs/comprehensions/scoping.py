# Comprehensions: scope, nested loops, conditions, inlining effects on names, class bodies, evaluation order.
# portable
x = 'outer'
print([x for x in range(3)], x, {x for x in 'ab'} == {'a', 'b'}, {x: x * 2 for x in range(2)}, x, sum(x for x in range(4)), x)
print([(i, j) for i in range(3) for j in range(i)], [i for i in range(20) if i % 2 if i % 3], [[j for j in range(i)] for i in range(4)])
print([y for i in range(3) for y in [i * i]], [a + b for a, b in zip('ab', 'cd')])  # expect: [0, 1, 4] ['ac', 'bd']
def f():
    fs = [lambda: i for i in range(3)]
    y = [z for z in range(2)]
    try:
        z
    except NameError as e:
        return [g() for g in fs], y, str(e)
print(f())  # expect: ([2, 2, 2], [0, 1], "name 'z' is not defined")
def g():
    i = 'kept'
    r = [i for i in range(3)]
    return i, r, locals()
print(g())  # expect: ('kept', [0, 1, 2], {'i': 'kept', 'r': [0, 1, 2]})
def h(n):
    return [n * k for k in range(3)], [(lambda: n + k)() for k in range(2)], {k: [m + k + n for m in range(2)] for k in range(2)}
print(h(5))  # expect: ([0, 5, 10], [5, 6], {0: [5, 6], 1: [6, 7]})
class C:
    a = 3
    b = [i for i in range(a)]
    try:
        c = [a for i in range(2)]
    except NameError as e:
        c = str(e)
    d = [x for _ in '1']
    e = {q: q for q in 'z'}
print(C.b, C.c, C.d, C.e, hasattr(C, 'q'), hasattr(C, 'i'))
def w():
    print([last := k for k in range(3)], last)
    any((hit := v) > 2 for v in [1, 3, 5])
    return hit, [t for t in range(5) if (sq := t * t) > 5], sq
print(w())  # expect: (3, [3, 4], 16)
log = []
def t(v):
    log.append(v)
    return v
{t('k%d' % i): t('v%d' % i) for i in t([1, 2]) if t(i)}
print(log)  # expect: [[1, 2], 1, 'k1', 'v1', 2, 'k2', 'v2']
def err():
    try:
        [1 // i for i in (1, 0)]
    except ZeroDivisionError:
        return 'div', 'i' in locals()
print(err())  # expect: ('div', False)
print([locals().get('q') for q in range(2)], len([None for _ in []]), [[[c for c in b] for b in a] for a in [['ab', 'c'], ['d']]], [i for i in (j for j in range(3))], [(lambda v=v: v)() for v in range(3)], list(map(lambda f: f(), [lambda n=n: n * n for n in range(4)])))
def cell():
    r = [lambda: (k, q) for k in range(2) for q in 'ab']
    return r[0](), r[-1]()
print(cell(), [x if x else 'z' for x in (0, 1)], {**{k: 1 for k in 'ab'}, 'c': 2}, [n for n in range(3) if [m for m in range(n)]], set(c for c in 'hello') == set('hello'))
def gen():
    yield [(yield_ := i) for i in range(2)]
print(list(gen()), [e for d in [{'a': 1}] for e in d.items()], [i for i, in [(1,), (2,)]], [j for i, *j in [(1, 2, 3)]], [a[0] for a[0] in []] if False else 0)
for code in ('[x := 1 for x in y]', '[i := 0 for i in range(3)]', 'class Q: [z := 1 for i in y]', '[i for i in (j := [1])]', '{**a for a in b}', '[*a for a in b]', '(yield for x in y)', '[x for x in 1, 2]', '[for x in y]', 'f(x for x in y, 1)', '{a: b, c for c in d}'):
    try:
        compile(code, '<c>', 'exec')
        print(code, 'fine')
    except SyntaxError as e:
        print(code, '->', e.msg)
