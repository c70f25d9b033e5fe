# Short-circuit evaluation, conditional expressions, chained comparisons: what is evaluated, in what order.
# portable
log = []
def t(x, name):
    log.append(name)
    return x
def show(value):
    print(value, ''.join(log))
    log.clear()
show(t(1, 'a') and t(0, 'b') and t(1, 'c'))
show(t(0, 'a') or t(0, 'b') or t(3, 'c'))
show(t(0, 'a') and t(1, 'b') or t(2, 'c'))
show(not t(0, 'a') and not t(1, 'b'))
show(t(1, 'a') < t(2, 'b') < t(3, 'c'))
show(t(3, 'a') < t(2, 'b') < t(3, 'c'))
show(t(1, 'a') == t(1, 'b') != t(2, 'c') is t(None, 'd'))
show(t('x', 'a') if t(1, 'b') else t('y', 'c'))
show(t('x', 'a') if t(0, 'b') else t('y', 'c'))
show(t(1, 'a') in t([1, 2], 'b') not in t([[3]], 'c'))
show([t(i, str(i)) for i in range(3) if t(i % 2, 'c')])
show((t(1, 'a') or t(2, 'b')) and (t(0, 'c') or t(4, 'd')))
class N:
    def __init__(self, n): self.n = n
    def __bool__(self):
        log.append('?%d' % self.n)
        return self.n > 0
    def __lt__(self, o):
        log.append('<%d,%d' % (self.n, o.n))
        return N(self.n - o.n + 1)
r = N(1) < N(1) < N(5)
show(r.n)
if N(0) or N(2): show('yes')
while N(0) and N(1): pass
show('out')
x = N(3) and N(4)
show(x.n)
assert N(1), 'never'
show('asserted')
d = {}
d[t('k', 'K')] = t('v', 'V')
show(d)
def f(*a, **k): return a, k
show(f(t(1, '1'), *t([2], '2'), k=t(3, '3'), **t({'z': 4}, '4')))
t([0, 0], 'L')[t(1, 'i')] = t(5, 'v')
show('store')
a, b = t(1, 'x'), t(2, 'y')
show({t(1, 'k1'): t(2, 'v1'), **t({3: 4}, 'u'), t(5, 'k2'): t(6, 'v2')})
