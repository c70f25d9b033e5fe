# Identity of constants and shared objects within and across code objects.
def f(): return (1, 'two', 3.0), 1000, 'a b', b'x'
def g(): return (1, 'two', 3.0), 1000, 'a b', b'x'
def same(a, b): return a is b
print([same(a, b) for a, b in zip(f(), f())], [same(a, b) for a, b in zip(f(), g())])
a = (1, 2)
b = (1, 2)
print(a is b)  # expect: True
a = 1.5; b = 1.5
print(a is b)  # expect: True
x = 'with space'
y = 'with space'
print(x is y)  # expect: True
def h():
    a = 1000
    b = 1000
    c = 999 + 1
    d = -1000
    e = -1000
    s = 'a' * 20
    t = 'a' * 20
    return a is b, a is c, d is e, s is t, not same(2**10, None)
print(h())  # expect: (True, True, True, True, True)
n = eval('1000')
m = eval('1000')
print(n is m, eval('100') is eval('100'), eval("'abc'") is eval("'abc'"), eval("'a b'") is eval("'a b'"), eval('()') is eval('()'), eval('(1,)') is eval('(1,)'))
print(h.__code__.co_consts[1] is f.__code__.co_consts[2] if len(f.__code__.co_consts) > 2 else '')
print(f.__code__.co_consts, h.__code__.co_consts)
def k(): return {'a': 1}, [1, 2, 3], {1, 2, 3}, 5 in (1, 2, 3), 5 in [1, 2, 3], 5 in {1, 2}
print(k.__code__.co_consts, k.__code__.co_names)
def fold(): return 1 + 2, 'a' + 'b', (1, 2)[0], 2 ** 10, -5, not 1, 'ab' * 3, (1,) + (2,), 10 // 3, 1 << 5, 'abc'[1]
print(fold.__code__.co_consts, fold())
def nofold(): return 2 ** 1000000 > 1, 'a' * 5000
print(len(nofold.__code__.co_consts))  # expect: 6
print(same(True, not False), None is (lambda: None)(), type(None)() is None, type(...)() is ..., bool(1) is True, type(NotImplemented)() is NotImplemented)
import sys
print(same(sys.intern('abc'), 'abc'[:]), f.__name__ is sys.intern('f'), 'f' in globals() and [k for k in globals() if k == 'f'][0] is sys.intern('f'))
