# What compiling to trees, compiling trees, and warnings add to the count of young objects: the first time and after.
import _ast
import _warnings
import gc
import warnings
warnings.simplefilter('ignore')
ONLY, FOLDED = _ast.PyCF_ONLY_AST, _ast.PyCF_OPTIMIZED_AST
small = compile('x = 1', 'f', 'exec', ONLY)
large = compile('def f(a, b=2):\n  return [x for x in a]', 'f', 'exec', ONLY)
PARTS = r'''_warnings.warn('x')
_warnings.warn('x', DeprecationWarning)
_warnings.warn_explicit('x', UserWarning, 'a', 5)
_ast.Name()
_ast.FunctionDef(name='x', foo=5)
compile('', 'f', 'exec', ONLY)
compile('1', 'f', 'eval', ONLY)
compile('1 + 2', 'f', 'eval', FOLDED)
compile('def f(a, b=2): pass', 'f', 'exec', ONLY)
compile('[x for x in y]', 'f', 'exec', ONLY)
compile('a < b < c', 'f', 'exec', ONLY)
compile(small, 'f', 'exec')
compile(large, 'f', 'exec')
compile('1 1', 'f', 'exec', ONLY)
compile('x = (1, 2)', 'f', 'exec')
compile('1if 1else 2', 'f', 'exec')
compile('return', 'f', 'exec')'''.split('\n')
gc.collect()
gc.freeze()
gc.disable()
count = gc.get_count
for part in PARTS:
    exec(f'def f(): {part}')
    run = f
    gc.collect()
    added = []
    for _ in range(3):
        before = count()[0]
        try:
            run()
        except SyntaxError:
            pass
        added.append(count()[0] - before)
    print(*added, part)
