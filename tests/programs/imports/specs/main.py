# What an import leaves on modules: __spec__, __loader__, __path__, __file__, __cached__, and the classes behind them.
import sys
import pkg, pkg.a, nspkg, nspkg.inner.m, plain, gc, _io, types
base = sys.path[0]
def show(v): return repr(v).replace(base, 'BASE')
for m in (pkg, pkg.a, nspkg, nspkg.inner, nspkg.inner.m, plain, gc, sys, _io):
    print(m.__name__, show(m))
    print('  ', [k for k in vars(m) if k.startswith('__') and k not in('__displayhook__','__excepthook__','__unraisablehook__','__interactivehook__','__breakpointhook__','__stdin__','__stdout__','__stderr__')])
    s = m.__spec__
    print('  ', show(s).split(' object at')[0], type(s), show(type(m.__loader__)), m.__loader__ is s.loader, repr(m.__package__))
    print('  ', s.name, show(s.origin), show(s.submodule_search_locations), s.has_location, show(s.cached), s.parent, s.loader_state, show(getattr(m, '__file__', None)), show(getattr(m, '__cached__', None)), show(getattr(m, '__path__', None)))
    print('  ', {k: show(v)[:60] for k, v in vars(s).items() if k not in ('loader',)})
print(type(nspkg.__path__), list(nspkg.__path__) == [base + '/nspkg'], len(nspkg.__path__), base + '/nspkg' in nspkg.__path__, nspkg.__path__[0] == base + '/nspkg', nspkg.__path__ is nspkg.__spec__.submodule_search_locations)
l = pkg.a.__loader__
print(l.name, show(l.path), show(l.get_filename()), l.is_package('pkg.a'), pkg.__loader__.is_package('pkg'), l.get_source('pkg.a'), l.get_data(l.path), type(l.get_code('pkg.a')), vars(l).keys())
print(__spec__, type(__loader__), __loader__.name, show(__loader__.path), __file__.replace(base,'BASE'), __cached__, __package__)
S = type(pkg.__spec__)
s = S('n', None)
print(s, s.parent, s.cached, s.has_location, s == S('n', None), s == 1, S('a.b', 5, origin='here', is_package=True), S('a.b', None).parent)
print(type(sys.meta_path), [show(f) for f in sys.meta_path], type(sys.path_hooks), type(sys.path_importer_cache))
for bad in (lambda: S(), lambda: S('n'), lambda: l.get_filename('x'), lambda: l.get_data('/nowhere/at/all')):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
n = types.ModuleType('n')
print(n, n.__spec__, n.__loader__)
n.__spec__ = s
print(n)
s.origin = 'somewhere'
print(n)
s.has_location = True
print(n, s.cached)
