# Assignment targets, star-unpacking, augmented assignment order, walrus, multiple targets.
# portable
a, b = 1, 2
(c, d), [e, f] = (3, 4), 'ef'
g, *h = range(4)
*i, j = 'xyz'
k, *l, m = (1, 2)
(n, *o), *p = [1, 2, 3], 4, 5
q = r = s = []
[t] = [9]
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q is r is s, t)
for code in ('a, b = 1', 'a, b = 1, 2, 3', 'a, b, c = 1, 2', 'a, *b, c = (1,)', '[] = [1]', 'a, b = None', '*a, = 5', 'a, b = {1}', 'a, b = iter([1])', '(a, b), c = 1, 2', 'a, *b = ()', 'a, b = "abc"', 'a, b, c = {}', 'x = *5,', 'a, b, *c = "x"', 'a, b = (i for i in range(3))'):
    try:
        exec(code)
    except Exception as ex:
        print(code, '->', type(ex).__name__, ex)
log = []
class T:
    def __getitem__(self, k):
        log.append(('get', k))
        return 10
    def __setitem__(self, k, v): log.append(('set', k, v))
    def __getattr__(self, k):
        log.append(('getattr', k))
        return 5
    def __setattr__(self, k, v): log.append(('setattr', k, v))
x = T()
def idx(v):
    log.append(('idx', v))
    return v
x[idx(0)], x[idx(1)] = idx('a'), idx('b')
x[idx(2)] += idx(3)
x.attr -= 1
x.p, *x.q = 1, 2, 3
for x[idx('loop')] in 'mn': pass
print(*log, sep='\n')
y = 1
y += 1; y -= 5; y *= 4; y //= 3; y **= 2; y %= 7; y <<= 2; y |= 1; y &= 7; y ^= 2; y >>= 1
print(y)  # expect: 1
lst = [1, 2]
al = lst
lst += (3,)
lst *= 2
print(al, al is lst)  # expect: [1, 2, 3, 1, 2, 3] True
tup = ([],)
try:
    tup[0] += [1]
except TypeError as ex:
    print(ex, tup)
if (z := 10) > 5: print(z)
print([w := 3, w * 2], w, [v for u in range(5) if (v := u * u) > 3], v, (lambda: (yy := 4) + yy)())
while (step := len(lst)) > 4: lst.pop()
print(step, lst, {(kk := 'key'): (vv := 1)}, kk, vv)  # expect: 4 [1, 2, 3, 1] {'key': 1} key 1
print(*[1], *(2, 3), *'ab', *{'k': 1}, *{5}, [*range(2), *range(2)], (*'a', 1), {*'aa'}, {**{'a': 1}, **{'a': 2}})
def ret(): return 1, *[2, 3]
print(ret(), (lambda *a, **k: (a, k))(*[1], 2, *[3], x=1, **{'y': 2}))
a = b = [0, 1, 2]
i = 0
i, a[i] = 1, 'hit'
print(i, a)  # expect: 1 [0, 'hit', 2]
a, b = b, a
