/**
 * The classes of CPython's import system that programs see: specs, loaders, finders. Imports themselves are native
 * (vm/import.ts, docs/decisions/014); these classes describe what was imported and serve importlib. Run once, at boot.
 * importlibexternal.ts has the other half.
 */

/** The module _frozen_importlib. */
export const bootstrapSource = `
import sys
import _imp

class ModuleSpec:
    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self._uninitialized_submodules = []
        self._set_fileattr = False
        self._cached = None
    def __repr__(self):
        shown = [f'name={self.name!r}', f'loader={self.loader!r}']
        if self.origin is not None:
            shown.append(f'origin={self.origin!r}')
        if self.submodule_search_locations is not None:
            shown.append(f'submodule_search_locations={self.submodule_search_locations}')
        return f'{self.__class__.__name__}({", ".join(shown)})'
    def __eq__(self, other):
        try:
            return (self.name == other.name and self.loader == other.loader and self.origin == other.origin
                    and self.submodule_search_locations == other.submodule_search_locations
                    and self.cached == other.cached and self.has_location == other.has_location)
        except AttributeError:
            return NotImplemented
    @property
    def cached(self):
        if self._cached is None and self.origin is not None and self._set_fileattr:
            self._cached = sys.modules['_frozen_importlib_external']._get_cached(self.origin)
        return self._cached
    @cached.setter
    def cached(self, value):
        self._cached = value
    @property
    def parent(self):
        if self.submodule_search_locations is None:
            return self.name.rpartition('.')[0]
        return self.name
    @property
    def has_location(self):
        return self._set_fileattr
    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)

def spec_from_loader(name, loader, *, origin=None, is_package=None):
    if origin is None:
        origin = getattr(loader, '_ORIGIN', None)
    if not origin and hasattr(loader, 'get_filename'):
        external = sys.modules['_frozen_importlib_external']
        if is_package is None:
            return external.spec_from_file_location(name, loader=loader)
        places = [] if is_package else None
        return external.spec_from_file_location(name, loader=loader, submodule_search_locations=places)
    if is_package is None:
        try:
            is_package = loader.is_package(name) if hasattr(loader, 'is_package') else False
        except ImportError:
            is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)

def _new_module(name):
    return type(sys)(name)

def _init_module_attrs(spec, module, *, override=False):
    def give(name, value):
        if override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass
    give('__name__', spec.name)
    loader = spec.loader
    if loader is None and spec.submodule_search_locations is not None:
        loader = object.__new__(sys.modules['_frozen_importlib_external'].NamespaceLoader)
        loader._path = spec.submodule_search_locations
        spec.loader = loader
        module.__file__ = None
    give('__loader__', loader)
    give('__package__', spec.parent)
    try:
        module.__spec__ = spec
    except AttributeError:
        pass
    if spec.submodule_search_locations is not None:
        give('__path__', spec.submodule_search_locations)
    if spec.has_location:
        give('__file__', spec.origin)
        if spec.cached is not None:
            give('__cached__', spec.cached)
    return module

def module_from_spec(spec):
    module = None
    if hasattr(spec.loader, 'create_module'):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, 'exec_module'):
        raise ImportError('loaders that define exec_module() must also define create_module()')
    if module is None:
        module = _new_module(spec.name)
    return _init_module_attrs(spec, module)

def _exec(spec, module):
    name = spec.name
    if sys.modules.get(name) is not module:
        raise ImportError(f'module {name!r} not in sys.modules', name=name)
    try:
        if spec.loader is None:
            if spec.submodule_search_locations is None:
                raise ImportError('missing loader', name=spec.name)
            _init_module_attrs(spec, module, override=True)
        else:
            _init_module_attrs(spec, module, override=True)
            spec.loader.exec_module(module)
    finally:
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    return module

def _load(spec):
    module = module_from_spec(spec)
    spec._initializing = True
    try:
        sys.modules[spec.name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(spec.name, None)
            raise
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    finally:
        spec._initializing = False
    return module

def _requires_builtin_name(fullname):
    if fullname not in sys.builtin_module_names:
        raise ImportError(f'{fullname!r} is not a built-in module', name=fullname)

class BuiltinImporter:
    _ORIGIN = 'built-in'
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if _imp.is_builtin(fullname):
            return spec_from_loader(fullname, cls, origin=cls._ORIGIN)
        return None
    @staticmethod
    def create_module(spec):
        _requires_builtin_name(spec.name)
        return _imp.create_builtin(spec)
    @staticmethod
    def exec_module(module):
        _imp.exec_builtin(module)
    @classmethod
    def get_code(cls, fullname):
        _requires_builtin_name(fullname)
        return None
    @classmethod
    def get_source(cls, fullname):
        _requires_builtin_name(fullname)
        return None
    @classmethod
    def is_package(cls, fullname):
        _requires_builtin_name(fullname)
        return False

class FrozenImporter:
    _ORIGIN = 'frozen'
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None

def _resolve_name(name, package, level):
    parts = package.rsplit('.', level - 1)
    if len(parts) < level:
        raise ImportError('attempted relative import beyond top-level package')
    return f'{parts[0]}.{name}' if name else parts[0]

def _find_spec(name, path, target=None):
    finders = sys.meta_path
    if finders is None:
        raise ImportError('sys.meta_path is None, Python is likely shutting down')
    for finder in finders:
        find = getattr(finder, 'find_spec', None)
        spec = None if find is None else find(name, path, target)
        if spec is not None:
            return spec
    return None

def _sanity_check(name, package, level):
    if not isinstance(name, str):
        raise TypeError(f'module name must be str, not {type(name)}')
    if level < 0:
        raise ValueError('level must be >= 0')
    if level > 0:
        if not isinstance(package, str):
            raise TypeError('__package__ not set to a string')
        if not package:
            raise ImportError('attempted relative import with no known parent package')
    if not name and level == 0:
        raise ValueError('Empty module name')

def _gcd_import(name, package=None, level=0):
    _sanity_check(name, package, level)
    if level > 0:
        name = _resolve_name(name, package, level)
    _import(name)
    return sys.modules[name]

_import = __import__ = __import__
`;
