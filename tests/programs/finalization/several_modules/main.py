# The order in which modules go: sys.modules as imports left it, what holds what, packages that know each other, modules in another's place.
import builtins, gc, sys, types, weakref
import b, a, c
import pkg.sub
import swapped
from b import write


class M:
    def __init__(self, n): self.n = n
    def __del__(self, write=write):
        write('main %s %s' % (self.n, sys and sorted(k for k, v in sys.modules.items() if v and k in ('a', 'b', 'c', '__main__', 'pkg'))))


class Lazy(types.ModuleType):
    def __del__(self, write=write): write('lazy %s dies' % self.__name__)


print([name for name in sys.modules if name in ('__main__', 'a', 'b', 'c', 'pkg', 'pkg.sub', 'swapped')], swapped.about)
m1 = M('m1')
_m2 = M('_m2')
a.other = M('held by a')
b.other = M('held by b')
sys.other = M('held by sys')
builtins.other = M('held by builtins')


class N: pass


n = N(); n.n = n; n.m = M('in a cycle')


def h():
    yield M('of a generator')


g = h(); next(g)
sys.modules['not a module'] = M('not a module')
sys.modules['lazy'] = Lazy('lazy'); sys.modules['lazy'].m = M('of a lazy module')
sys.modules[5] = Lazy('five')
watch = weakref.ref(pkg, lambda r, write=write: write('pkg is gone'))
sys.watch = weakref.ref(swapped, lambda r, write=write: write('swapped is gone'))
sys.flush_me = [M('in a list of sys')]
gc.callbacks.append(lambda phase, info, write=write: write('%s %s %s' % (phase, info['generation'], info['collected'] > 0)))
print('end')
