# eval, exec, compile: modes, namespaces, flags, code objects, errors.
# portable
print(eval('1 + 2'), eval('x * 2', {'x': 5}), eval('y', {}, {'y': 6}), eval(compile('3 * 3', 'f', 'eval')), eval(b'1 + 1'), eval(' 5 '), eval('[i for i in range(3)]'), eval('(lambda: z)()', {'z': 'zz'}))
ns = {}
exec('a = 1\ndef f(): return a + 1\nclass C: v = a', ns)
print(ns['f'](), ns['C'].v, ns['C'].__module__, '__builtins__' in ns, exec('1'), eval('a', ns))
c = compile('x = 1\ny = x + 1\ny', '<src>', 'exec')
print(type(c).__name__, c.co_filename, c.co_name, c.co_names, c.co_consts)
s = compile('1 + 1', '<s>', 'single')
exec(s)
exec(compile('"str"\nNone\n5', '<s>', 'single') if False else s)
for a in (('1 +', 'f', 'eval'), ('x = 1', 'f', 'eval'), ('1', 'f', 'nope'), (5, 'f', 'exec'), ('a\0b', 'f', 'exec'), ('x = 1\ny = 2', 'f', 'single'), ('', 'f', 'eval'), ('1', 5, 'exec'), ('1',), ('f(', 'f', 'exec'), ('if 1:\n', 'f', 'exec'), ('\t x', 'f', 'exec'), ('é = 1', 'f', 'exec'), (b'# coding: latin-1\nx = "\xe9"', 'f', 'exec'), (b'x = "\xe9"', 'f', 'exec')):
    try:
        print(type(compile(*a)).__name__)
    except Exception as e:
        print(type(e).__name__, e)
for f in (lambda: eval('x', 5), lambda: eval('x', {}, 5), lambda: eval('__import__("sys").maxsize > 0', {'__builtins__': {}}), lambda: exec('def f():\n  return q\nf()', {}), lambda: eval(compile('x = 1', '', 'exec')), lambda: eval(''), lambda: exec('', None, None), lambda: eval('a b'), lambda: exec('global a\na = 5', {}), lambda: eval('print'), lambda: eval()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def g():
    loc = 5
    return eval('loc + 1'), eval('[loc for _ in "a"]'), exec('loc = 9'), loc
print(g())  # expect: (6, [5], None, 5)
class D(dict):
    def __missing__(self, k): return 'missing ' + k
print(eval('unknown', {}, D()), eval('len', D()))  # expect: missing unknown missing len
exec('z = 10', globals())
print(z)  # expect: 10
print(eval('f"{z!r:>5}"'), eval('(w := 4) + w'), w, eval("'a' 'b'"), eval('{**{"a": 1}}'), eval('...'), eval('-1 .real'), eval('1if 1else 2'))
code = compile('def h(a, b=2, *c, d, **e):\n "doc"\n x = 1\n return x', 'h.py', 'exec').co_consts
code = [c for c in code if hasattr(c, 'co_name')][0]
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_varnames, code.co_flags, code.co_filename, code.co_firstlineno)
