# The warnings module over _warnings: filters, registries, levels, catching, showing.
import sys
import warnings
import _warnings
print(_warnings.filters == warnings.filters, [f[0] for f in warnings.filters], warnings.warn is _warnings.warn, _warnings._defaultaction)
def f(level=1): warnings.warn('text', stacklevel=level)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    f()
    f(2)
    warnings.warn('dep', DeprecationWarning)
    warnings.warn(RuntimeWarning('made'))
    warnings.warn_explicit('explicit', UserWarning, 'file.py', 7, module='mod', registry={})
    not NotImplemented
for w in log: print(w.category.__name__, w.message, w.lineno, w.filename.rpartition('/')[2], w.source)
with warnings.catch_warnings():
    warnings.simplefilter('error')
    for g in (lambda: warnings.warn('bad'), lambda: warnings.warn('dep', DeprecationWarning), lambda: f(1)):
        try:
            g()
        except Warning as e:
            print(type(e).__name__, e)
for action in ('default', 'once', 'module', 'ignore', 'always'):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter(action)
        for i in range(3):
            warnings.warn('same')
            for _ in range(2): warnings.warn('again')
    print(action, len(log))
reg = {}
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('default')
    for i in range(3): warnings.warn_explicit('x', UserWarning, 'a.py', 1, registry=reg)
    warnings.warn_explicit('x', UserWarning, 'a.py', 2, registry=reg)
print(len(log), sorted(k for k in reg if k != 'version'), type(reg['version']).__name__)
for bad in (lambda: warnings.warn(), lambda: warnings.warn('a', 5), lambda: warnings.warn('a', int), lambda: warnings.warn_explicit('a', UserWarning, 5, 1), lambda: warnings.warn('a', stacklevel='x'), lambda: warnings.warn_explicit('a', UserWarning, 'f', 1, registry=5), lambda: warnings.warn('a', skip_file_prefixes=5), lambda: warnings.warn('a', skip_file_prefixes=(5,)), lambda: warnings.simplefilter('bogus')):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
warnings.filters.insert(0, ('what', None, UserWarning, None, 0))
_warnings._filters_mutated()
try:
    warnings.warn('unknown action')
except RuntimeError as e:
    print(e)
warnings.filters.pop(0)
_warnings._filters_mutated()
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter('always')
    warnings.warn('skipped', skip_file_prefixes=('/nowhere',))
    print(log[0].lineno)
print(sorted(k[0] for k in __warningregistry__ if k != 'version'))
