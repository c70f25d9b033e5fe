/** The other half of importlibsource.ts: loaders and finders of files. */

/** The module _frozen_importlib_external. */
export const externalSource = `
import sys
import _imp
import _io
import _frozen_importlib as _bootstrap

path_sep = '/'
path_separators = '/'
SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES
EXTENSION_SUFFIXES = _imp.extension_suffixes()
_PYCACHE = '__pycache__'
_OPT = 'opt-'
_RAW_MAGIC_NUMBER = 3571 | 0x0A0D0000
MAGIC_NUMBER = _RAW_MAGIC_NUMBER.to_bytes(4, 'little')

def _pack_uint32(x):
    return (int(x) & 0xFFFFFFFF).to_bytes(4, 'little')

def _unpack_uint64(data):
    return int.from_bytes(data, 'little')

_unpack_uint32 = _unpack_uint16 = _unpack_uint64

def _path_join(*parts):
    return '/'.join([part.rstrip('/') for part in parts if part])

def _path_split(path):
    head, slash, tail = path.rpartition('/')
    return head, tail

def _stat_kind(path):
    import posix
    try:
        return posix.stat(path).st_mode & 0o170000
    except (OSError, ValueError):
        return 0

def _path_isfile(path):
    return _stat_kind(path) == 0o100000

def _path_isdir(path):
    return _stat_kind(path or '.') == 0o040000

def cache_from_source(path, debug_override=None, *, optimization=None):
    if debug_override is not None:
        if optimization is not None:
            raise TypeError('debug_override or optimization must be set to None')
        optimization = '' if debug_override else 1
    if not isinstance(path, str):
        import posix
        path = posix.fspath(path)
    head, tail = _path_split(path)
    base, dot, rest = tail.rpartition('.')
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    name = f'{base or rest}{dot}{tag}'
    if optimization is None:
        optimization = '' if sys.flags.optimize == 0 else sys.flags.optimize
    optimization = str(optimization)
    if optimization != '':
        if not optimization.isalnum():
            raise ValueError(f'{optimization!r} is not alphanumeric')
        name = f'{name}.{_OPT}{optimization}'
    name += BYTECODE_SUFFIXES[0]
    if head == '' and not path.startswith('/'):
        return f'{_PYCACHE}/{name}'
    return f'{head}/{_PYCACHE}/{name}'

def source_from_cache(path):
    if sys.implementation.cache_tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    if not isinstance(path, str):
        import posix
        path = posix.fspath(path)
    head, name = _path_split(path)
    head, folder = _path_split(head)
    if folder != _PYCACHE:
        raise ValueError(f'{_PYCACHE} not bottom-level directory in {path!r}')
    dots = name.count('.')
    if dots not in (2, 3):
        raise ValueError(f'expected only 2 or 3 dots in {name!r}')
    if dots == 3:
        optimization = name.rsplit('.', 2)[-2]
        if not optimization.startswith(_OPT):
            raise ValueError(f'optimization portion of filename does not start with {_OPT!r}')
        if not optimization[len(_OPT):].isalnum():
            raise ValueError(f'optimization level {optimization!r} is not an alphanumeric value')
    return _path_join(head, name.partition('.')[0] + SOURCE_SUFFIXES[0])

def _get_cached(filename):
    if filename.endswith('.py'):
        try:
            return cache_from_source(filename)
        except NotImplementedError:
            return None
    return filename if filename.endswith('.pyc') else None

def decode_source(source_bytes):
    encoding = 'utf-8-sig'
    for line in bytes(source_bytes).splitlines()[:2]:
        text = line.decode('latin-1').lstrip('\\ufeff')
        if not text.lstrip(' \\t\\f').startswith('#'):
            if text.strip(' \\t\\f'):
                break
            continue
        at = text.find('coding')
        if at >= 0 and text[at + 6:at + 7] in (':', '='):
            name = ''
            for c in text[at + 7:].lstrip(' \\t'):
                if not (c.isalnum() or c in '-_.'):
                    break
                name += c
            if name and name.lower() not in ('utf-8', 'utf8'):
                encoding = name
            break
    return _io.TextIOWrapper(_io.BytesIO(source_bytes), encoding).read()

_MISSING = object()

def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_MISSING):
    if location is None:
        location = '<unknown>'
        if hasattr(loader, 'get_filename'):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        import posix
        location = posix.fspath(location)
        if not location.startswith('/'):
            location = _path_join(posix.getcwd(), location)
    spec = _bootstrap.ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if loader is None:
        if location.endswith('.py'):
            spec.loader = loader = SourceFileLoader(name, location)
        else:
            return None
    if submodule_search_locations is _MISSING:
        if hasattr(loader, 'is_package'):
            try:
                if loader.is_package(name):
                    spec.submodule_search_locations = []
            except ImportError:
                pass
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == []:
        folder = _path_split(location)[0]
        spec.submodule_search_locations.append(folder)
    return spec

class _LoaderBasics:
    def is_package(self, fullname):
        base = _path_split(self.get_filename(fullname))[1].rsplit('.', 1)[0]
        return base == '__init__' and fullname.rpartition('.')[2] != '__init__'
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f'cannot load module {module.__name__!r} when get_code() returns None')
        exec(code, module.__dict__)
    def load_module(self, fullname):
        return _bootstrap._load(_bootstrap.spec_from_loader(fullname, self))

class SourceLoader(_LoaderBasics):
    def path_mtime(self, path):
        raise OSError
    def path_stats(self, path):
        return {'mtime': self.path_mtime(path)}
    def get_source(self, fullname):
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as exc:
            raise ImportError('source not available through get_data()', name=fullname) from exc
        return decode_source(data)
    def source_to_code(self, data, path, *, _optimize=-1):
        return compile(data, path, 'exec', dont_inherit=True, optimize=_optimize)
    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

class FileLoader:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path
    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__
    def __hash__(self):
        return hash(self.name) ^ hash(self.path)
    def _check_name(self, name):
        if name is not None and name != self.name:
            raise ImportError(f'loader for {self.name} cannot handle {name}', name=name)
    def load_module(self, fullname=None):
        self._check_name(fullname)
        return super().load_module(self.name)
    def get_filename(self, name=None):
        self._check_name(name)
        return self.path
    def get_data(self, path):
        with _io.open_code(str(path)) as file:
            return file.read()

class SourceFileLoader(FileLoader, SourceLoader):
    def path_stats(self, path):
        import posix
        st = posix.stat(path)
        return {'mtime': st.st_mtime, 'size': st.st_size}

class SourcelessFileLoader(FileLoader, _LoaderBasics):
    def get_source(self, fullname):
        return None

class ExtensionFileLoader(FileLoader, _LoaderBasics):
    def create_module(self, spec):
        raise ImportError('extension modules cannot be loaded', name=spec.name)
    def get_code(self, fullname):
        return None
    def get_source(self, fullname):
        return None

class AppleFrameworkLoader(ExtensionFileLoader):
    pass

class WindowsRegistryFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None

class _NamespacePath:
    def __init__(self, name, path, path_finder):
        self._name = name
        self._path = path
        self._path_finder = path_finder
    def __iter__(self):
        return iter(self._path)
    def __getitem__(self, index):
        return self._path[index]
    def __setitem__(self, index, path):
        self._path[index] = path
    def __len__(self):
        return len(self._path)
    def __repr__(self):
        return f'_NamespacePath({self._path!r})'
    def __contains__(self, item):
        return item in self._path
    def append(self, item):
        self._path.append(item)

class NamespaceLoader:
    def __init__(self, name, path, path_finder):
        self._path = _NamespacePath(name, path, path_finder)
    def is_package(self, fullname):
        return True
    def get_source(self, fullname):
        return ''
    def get_code(self, fullname):
        return compile('', '<string>', 'exec', dont_inherit=True)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        pass

class FileFinder:
    def __init__(self, path, *loader_details):
        self.path = path or '.'
    def invalidate_caches(self):
        pass
    def find_spec(self, fullname, target=None):
        base = _path_join(self.path, fullname.rpartition('.')[2])
        init = _path_join(base, '__init__.py')
        if _path_isdir(base):
            if _path_isfile(init):
                loader = SourceFileLoader(fullname, init)
                return spec_from_file_location(fullname, init, loader=loader, submodule_search_locations=[base])
        if _path_isfile(base + '.py'):
            loader = SourceFileLoader(fullname, base + '.py')
            return spec_from_file_location(fullname, base + '.py', loader=loader)
        if _path_isdir(base):
            spec = _bootstrap.ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None
    @classmethod
    def path_hook(cls, *loader_details):
        def path_hook_for_FileFinder(path):
            if not _path_isdir(path):
                raise ImportError('only directories are supported', path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder
    def __repr__(self):
        return f'FileFinder({self.path!r})'

class PathFinder:
    @staticmethod
    def invalidate_caches():
        for finder in list(sys.path_importer_cache.values()):
            if hasattr(finder, 'invalidate_caches'):
                finder.invalidate_caches()
    @classmethod
    def _path_importer_cache(cls, path):
        if path == '':
            import posix
            path = posix.getcwd()
        try:
            return sys.path_importer_cache[path]
        except KeyError:
            pass
        finder = None
        for hook in sys.path_hooks:
            try:
                finder = hook(path)
                break
            except ImportError:
                continue
        sys.path_importer_cache[path] = finder
        return finder
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        portions = []
        for entry in sys.path if path is None else path:
            finder = cls._path_importer_cache(entry) if isinstance(entry, str) else None
            spec = None if finder is None else finder.find_spec(fullname)
            if spec is None:
                continue
            if spec.loader is not None:
                return spec
            if spec.submodule_search_locations is None:
                raise ImportError('spec missing loader')
            portions.extend(spec.submodule_search_locations)
        if not portions:
            return None
        spec = _bootstrap.ModuleSpec(fullname, None)
        spec.submodule_search_locations = _NamespacePath(fullname, portions, cls)
        return spec

sys.meta_path.extend([_bootstrap.BuiltinImporter, _bootstrap.FrozenImporter, PathFinder])
sys.path_hooks.append(FileFinder.path_hook())
`;
