# Finalizers at once by counts: rebinding, del, leaving functions, exceptions, comprehensions, arguments.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
x = D(1)
x = D(2)
x = None
def f(a):
    b = D('local')
    print('in f')
f(D('argument'))
print('after f')
[D(i) for i in range(2)]
print('list gone')
for y in (D('a'), D('b')):
    print('loop', y.n)
print('loop over')
del y
try:
    z = D('in try')
    raise ValueError(D('in exception'))
except ValueError as e:
    print('caught')
print('after except')
del z
D('statement')
t = D('t1'), D('t2')
del t
w = v = D('shared')
del w
print('one left')
del v
def g():
    try:
        return D('returned')
    finally:
        print('finally')
g()
lambda: D('never')
(lambda q=D('default'): q)()
print(D('printed').n)
d = {D('key').n: D('value')}
d.clear()
assert D('asserted')
with __import__('contextlib').suppress(ValueError):
    raise ValueError(D('suppressed'))
print('end')
