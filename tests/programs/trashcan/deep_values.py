# Values nested 100,000 deep: repr, comparison and copying end in RecursionError, freeing them does not recurse.
import copy
import sys
def attempt(name, f):
    try:
        f()
        print(name, 'no error')
    except RecursionError as e:
        print(name, 'RecursionError', e)
    except Exception as e:
        print(name, type(e).__name__, e)

def nest(make, start, n=100000):
    x = start
    for _ in range(n): x = make(x)
    return x
for name, make, start in [('list', lambda x: [x], 0), ('tuple', lambda x: (x,), 0), ('dict', lambda x: {1: x}, 0)]:
    a, b = nest(make, start), nest(make, start)
    attempt(name + ' repr', lambda: repr(a))
    attempt(name + ' str', lambda: str(a))
    attempt(name + ' eq', lambda: a == b)
    if name != 'dict': attempt(name + ' lt', lambda: a < b)
    attempt(name + ' format', lambda: f'{a}')
    attempt(name + ' percent', lambda: '%r' % (a,))
    attempt(name + ' in', lambda: a in [b])
    attempt(name + ' deepcopy', lambda: copy.deepcopy(a))
    del a, b
attempt('isinstance tuple', lambda: isinstance(1, nest(lambda x: (x,), str)))
class Node:
    def __init__(self, next): self.next = next
    def __repr__(self): return f'N({self.next!r})'
    def __eq__(self, o): return self.next == o.next
a, b = nest(Node, None), nest(Node, None)
attempt('node repr', lambda: repr(a))
attempt('node eq', lambda: a == b)
del a, b
f = nest(lambda f: (lambda: f()), lambda: 1, 5000)
attempt('closures', f)
g = iter([1])
for _ in range(100000): g = map(int, g)
del g
fs = frozenset()
for _ in range(100000): fs = frozenset([fs])
attempt('frozenset repr', lambda: repr(fs))
del fs
attempt('parens', lambda: eval('(' * 100 + '1' + ')' * 100))
attempt('minus', lambda: eval('-' * 500 + '1'))
attempt('attribute chain', lambda: compile('a' + '.b' * 1500, 'x', 'eval'))
print('alive', sys.getrecursionlimit())
