# Immortal objects: counts never move, whatever holds them.
import sys
rc = sys.getrefcount
L = [None] * 1000
print(rc(None), rc(True), rc(0), rc(-5), rc(256), rc(''), rc('a'), rc('\xff'), rc(b''), rc(b'z'), rc(()))
del L
print(rc(None))  # expect: 4294967295
print([rc(t) for t in (int, str, list, dict, type, object, Exception, ValueError, type(None))])
print(rc(sys.intern('never seen before name')) == 4294967295, rc(Ellipsis), rc(NotImplemented))
def f():
    return 'constant_name', 'a constant with spaces', 1000, 1.5, (1, 2), 300
c = f.__code__.co_consts
print([rc(v) == 4294967295 for v in c])  # expect: [True, False]
x = 1000
print(rc(x) == 4294967295)  # expect: False
y = int('1000')
print(rc(y))  # expect: 2
class A: pass
print(rc(A) < 100, rc(A.__name__) == 4294967295)  # expect: True True
print(rc(f.__name__) == 4294967295, rc(f.__code__.co_name) == 4294967295, rc(__name__) == 4294967295)
print([rc(s) == 4294967295 for s in ('x' * 1, ''.join(['a', 'b']), sys.intern('zq' + str(1)), 'lit', 'lit eral')])
print(len([k for k in dir(object) if rc(k) != 4294967295]))  # expect: 0
