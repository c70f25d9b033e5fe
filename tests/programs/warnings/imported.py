# A warning that is shown imports the module warnings, with what that imports; one that is not shown does not.
import sys


def f():
    return not NotImplemented


def g(name, globals=None, locals=None, fromlist=(), level=0):
    asked.append((name, fromlist))
    if name == 'warnings':
        raise ImportError('no warnings today')
    return real(name, globals, locals, fromlist, level)


asked, real = [], __import__
print('warnings' in sys.modules)
__builtins__.__import__ = g
f()
__builtins__.__import__ = real
print(asked[0], 'warnings' in sys.modules)
not NotImplemented
print([name in sys.modules for name in ('warnings', 'linecache', 'tokenize', 're', 'tracemalloc')])
async def never(): pass
never()
print('tracemalloc' in sys.modules)
