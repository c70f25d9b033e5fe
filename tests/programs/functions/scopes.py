# global, nonlocal, del, UnboundLocalError, class scopes, locals() and globals(), exec and eval with namespaces.
# portable
x = 'global'
def read(): return x
def write():
    global x, fresh
    x = 'written'
    fresh = 'new global'
write()
print(read(), fresh)  # expect: written new global
def unbound():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 1
    del x
    try:
        x
    except UnboundLocalError as e:
        print(e)
    try:
        del x
    except UnboundLocalError as e:
        print(e)
unbound()
try:
    del nothing
except NameError as e:
    print(e)
try:
    nothing
except NameError as e:
    print(e, e.name)
def loc(a, b=2):
    c = 3
    return locals()
print(loc(1))  # expect: {'a': 1, 'b': 2, 'c': 3}
def snap():
    a = 1
    d1 = locals()
    a = 2
    d2 = locals()
    d1['a'] = 99
    return d1, d2, a, d1 is d2
print(snap())  # expect: ({'a': 99}, {'a': 2, 'd1': {'a': 99}}, 2, False)
ns = {'y': 5}
exec('z = y * 2\ndef f(): return z + y', ns)
print(ns['z'], ns['f'](), sorted(k for k in ns if k != '__builtins__'), eval('y + z', ns), eval('a + b', {'a': 1}, {'b': 2}), eval('  1 + 1\n'))
exec('q = 1', {}, ns)
print(ns['q'])  # expect: 1
class C:
    v = 1
    w = [k for k in range(v)]
    def m(self):
        try:
            return v
        except NameError as e:
            return str(e)
    v += 1
    del w
    loc = sorted(k for k in locals() if not k.startswith('__'))
print(C.v, C().m(), hasattr(C, 'w'), C.loc)  # expect: 2 name 'v' is not defined False ['m', 'v']
def cls():
    class D:
        nonlocal_test = x
        global gx
        gx = 'set in class'
    return D.nonlocal_test
print(cls(), gx)  # expect: written set in class
for code in ('def f():\n x = 1\n global x', 'nonlocal x', 'def f():\n nonlocal qqq', 'def f(a):\n global a', 'def f():\n nonlocal x', 'def f(x):\n def g():\n  global x\n  nonlocal x'):
    try:
        exec(code)
    except SyntaxError as e:
        print(e.msg, e.lineno)
print([x for x in range(3)], x, (lambda: [x for _ in 'a'])(), {x: y for x, y in [(1, 2)]}, x)
for f in (lambda: eval('1 +'), lambda: eval('x = 1'), lambda: eval(5), lambda: exec(5), lambda: eval('a', 5), lambda: exec('raise ValueError("in exec")'), lambda: eval('undefined_thing')):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
def f():
    exec('inside = 1')
    try:
        return inside
    except NameError as e:
        return str(e)
print(f(), 'x' in globals(), globals() is locals(), vars() is globals(), __name__, __builtins__.__name__)
def shadow():
    len = lambda v: 'shadowed'
    return len([])
print(shadow(), len([]))  # expect: shadowed 0
import builtins
builtins.injected = 'from builtins'
print(injected)  # expect: from builtins
del builtins.injected
