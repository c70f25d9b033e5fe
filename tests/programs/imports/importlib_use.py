# importlib over the native import: import_module, reload, specs made by hand, finders and loaders of the program's own.
import importlib
import importlib.machinery
import sys
m = importlib.import_module('importlib.machinery')
print(m is importlib.machinery, importlib.import_module('.machinery', 'importlib') is m, importlib.__spec__.name)
import copy
print(importlib.reload(copy) is copy)
for bad in (lambda: importlib.import_module('no_such_module'), lambda: importlib.import_module('.x'), lambda: importlib.import_module(''), lambda: importlib.import_module('..x', 'a')):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
class Loader:
    def create_module(self, spec): return None
    def exec_module(self, module):
        module.made = module.__name__
        print('exec', module.__name__, module.__spec__.parent)
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if not name.startswith('virtual'): return None
        print('find', name, path)
        return importlib.machinery.ModuleSpec(name, Loader(), is_package=name.count('.') == 0)
sys.meta_path.insert(0, Finder)
import virtual
import virtual.part
from virtual import other
print(virtual.__name__, virtual.part.made, other.__package__, virtual.__path__, virtual.__spec__.submodule_search_locations)
sys.meta_path.remove(Finder)
try:
    import virtual2
except ImportError as e:
    print(e, e.name)
keep = sys.meta_path[:]
sys.meta_path.clear()
try:
    import this_is_not_there
except ImportError as e:
    print(e)
try:
    import errno, keyword
except ImportError as e:
    print(e)
sys.meta_path[:] = keep
print(importlib.machinery.SOURCE_SUFFIXES, importlib.machinery.BuiltinImporter, importlib.machinery.PathFinder.find_spec('no_such_module'), importlib.machinery.BuiltinImporter.find_spec('gc'), importlib.machinery.BuiltinImporter.find_spec('nope'))
s = importlib.machinery.PathFinder.find_spec('importlib_use')
print(s.name, s.origin.rpartition('/')[2], s.loader.is_package('importlib_use'), s.cached.rpartition('/')[2])
