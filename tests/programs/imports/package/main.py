# Packages: __init__, submodules, relative imports, __all__, namespace attributes.
# portable
import pkg
print(pkg.__name__, pkg.VERSION, pkg.__package__, len(pkg.__path__))
import pkg.a
from pkg import b
from pkg.sub import deep
from pkg.sub.deep import where, up
import pkg.sub.deep as d
print(pkg.a.name, b.name, deep is d, where, up, pkg.sub.__name__, d.__package__)
from pkg import *
print(exported, 'not_exported' in globals())
for code in ('import pkg.zzz', 'from pkg import zzz', 'from pkg.a import zzz', 'import pkg.a.b', 'from pkg.sub.deep import too_far', 'import pkg.badrel'):
    try:
        exec(code)
    except Exception as e:
        print(code, '->', type(e).__name__, str(e).split(' (')[0])
print(sorted(k for k in vars(pkg) if not k.startswith('_')), pkg.sub.deep.up is pkg.VERSION)
import sys
print(sorted(m for m in sys.modules if m.startswith('pkg')))
import ns.inside
print(ns.inside.v, type(ns.__path__).__name__)
