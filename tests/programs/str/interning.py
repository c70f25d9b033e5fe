# Which strings are interned, and sys.intern.
import sys
def same(a, b): return a is b
a = 'hello'
b = 'hel' + 'lo'
c = ''.join(['hel', 'lo'])
print(a is b, a is c, a is sys.intern(c), sys.intern(c) is sys.intern('hello'), c is a)
d = 'hello world'
e = 'hello' + ' world'
print(d is e, d is ' '.join(['hello', 'world']))  # expect: True False
def f(): return 'hello world'
def g(): return 'name_like', 'not name like!'
print(f() is d, same(g()[0], 'name' + '_like') if False else g()[0] is sys.intern('name_' + 'like'), g()[1] is sys.intern('not name ' + 'like!'))
x = 'ab'
y = x * 2
print(same(y, 'abab') if False else y == 'abab', sys.intern(y) is y, sys.intern('ab' + x) is y)
class C:
    attribute_name = 1
print(list(C.__dict__)[1] is sys.intern('attribute_' + 'name'), C.__name__ is sys.intern('C'))  # expect: False True
k = 'dyn' + str(1)
o = C()
setattr(o, k, 1)
print(list(o.__dict__)[0] is k, list(o.__dict__)[0] is sys.intern('dyn1'))  # expect: False True
d = {}
k2 = 'key' + str(2)
d[k2] = 1
print(list(d)[0] is k2)  # expect: True
try:
    sys.intern(b'x')
except TypeError as e:
    print(e)
class S(str): pass
try:
    sys.intern(S('x'))
except TypeError as e:
    print(e)
m = 'a' * 20
n = 'a' * 20
print(m is n)  # expect: True
m = 'a' * 5000
n = 'a' * 5000
print(m is n, sys._is_interned(k2), sys._is_interned(sys.intern('zz_top' + str(1))), sys._is_interned('lit'))
