# What del does to names, items, slices, attributes; when objects go away.
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('gone', self.n)
a = D(1)
b = a
del a
print('still')  # expect: still
del b
x = [D(2), D(3), D(4)]
del x[1]
print('deleted item')  # expect: deleted item
del x[:]
x = {'k': D(5)}
del x['k']
class O: pass
o = O()
o.d = D(6)
del o.d
try:
    del o.d
except AttributeError as e:
    print(e)
def f():
    d = D(7)
    print('in f')
    del d
    print('after del in f')
    e = D(8)
    print('end of f')
f()
print('f returned')  # expect: f returned
def g(p): print('in g')
g(D(9))
print('g returned')  # expect: g returned
D(10)
print('expression statement')  # expect: expression statement
y = D(11)
y = None
z = D(12)
z = D(13)
del z
t = (D(14), D(15))
del t
for i in range(2): loop = D(20 + i)
print('loop ended')  # expect: loop ended
del loop
try:
    try:
        raise ValueError(D(30))
    except ValueError as e:
        print('handling')
    print('handled')
    e
except NameError as err:
    print(err)
[D(40) for _ in range(2)]
print('list gone')  # expect: list gone
def h():
    d = D(50)
    return lambda: d
c = h()
print('closure holds')  # expect: closure holds
del c
def gen():
    d = D(60)
    yield 1
    yield 2
it = gen()
next(it)
del it
del x, y
a, b, c = D(70), D(71), D(72)
del (a, b), [c]
s = D(80)
l = [s, s, s]
del s
l.pop()
l.pop()
print('one left')  # expect: one left
l.pop()
print('end')  # expect: end
last = D(99)
