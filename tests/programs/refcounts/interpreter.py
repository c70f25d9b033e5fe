# Counts of types, functions, code, modules, interned strings seen as differences; immortal objects.
import sys
rc = sys.getrefcount
for v in (None, True, False, 0, 1, -5, 256, '', 'a', b'', b'a', (), ..., NotImplemented, int, str, object, type):
    print(rc(v) == 4294967295, end=' ')
print()
print(rc(257) < 100, rc(10**10) < 100, rc(1.5) < 100, rc('some literal not interned!') < 100, rc(frozenset()) < 100, rc(len) < 100)
class A: pass
t = rc(A)
x = [A() for _ in range(10)]
print(rc(A) - t)  # expect: 10
class B(A): pass
print(rc(A) - t)  # expect: 13
del x
print(rc(A) - t)  # expect: 3
def f(): return 1
c = rc(f.__code__)
g = type(f)(f.__code__, {})
print(rc(f.__code__) - c)  # expect: 1
del g
print(rc(f.__code__) - c)  # expect: 0
gl = rc(globals())
def h(): pass
print(rc(globals()) - gl)  # expect: 1
del h
print(rc(globals()) - gl)  # expect: 0
m = rc(sys)
import sys as again
print(rc(sys) - m)  # expect: 1
del again
print(rc(sys) - m)  # expect: 0
s = 'dyn' + str(5)
n = rc(s)
class C: pass
setattr(C, s, 1)
print(rc(s) - n)  # expect: 2
delattr(C, s)
def gen(): yield
code = rc(gen.__code__)
i = gen()
print(rc(gen.__code__) - code)  # expect: 1
del i
k = 'key' + str(1)
o = C()
n = rc(k)
setattr(o, k, 1)
print(rc(k) == n, rc(k) > 1000)  # expect: False False
big = 2**100
n = rc(big)
y = big
z = -(-big)
print(rc(big) - n, z is big)  # expect: 1 False
fl = 2.5 * len('ab')
n = rc(fl)
q = [fl] * 3
print(rc(fl) - n)  # expect: 3
a = A()
print(rc(a), rc(a.__dict__), rc(A.__dict__) >= 1, rc(type(a)) - t)  # expect: 2 2 True 4
b1 = a.__class__
print(rc(A) - t)  # expect: 5
e = rc(ValueError)
try:
    raise ValueError
except ValueError as err:
    print(rc(ValueError) == e, rc(err), rc(err.__traceback__), rc(err.args))
