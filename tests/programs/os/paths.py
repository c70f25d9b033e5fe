# os.path and what posix does for it: text only, no file is touched.
import os
import os.path as p
for path in ('', '.', '/', '//', '///', 'a', 'a/', '/a', '//a/b', '///a/b', 'a/b/c.txt', '../x', 'a/../b', 'a/./b', '/..', '/../a', 'a/../..', '../../a/..', './', 'a//b', '//..//a', 'é/😀/..', 'a\0b/../c'):
    print(repr(path), p.normpath(path), p.split(path), p.splitext(path), p.splitroot(path), p.basename(path), p.dirname(path), p.isabs(path))
    b = path.encode()
    print(p.normpath(b), p.splitroot(b), p.split(b))
print(p.join('a', 'b', '/c', 'd'), p.join('', 'x'), p.join('a/', 'b'), p.join(b'a', b'b'), p.commonprefix(['abc', 'abd']), p.commonpath(['/a/b', '/a/c']), p.relpath('/a/b', '/a/c'))
print(os.sep, os.altsep, os.curdir, os.pardir, os.extsep, os.pathsep, os.linesep, os.devnull, os.defpath, os.name, p is os.path, p.__name__)
class P:
    def __init__(self, v): self.v = v
    def __fspath__(self): return self.v
print(os.fspath('x'), os.fspath(b'x'), os.fspath(P('y')), p.normpath(P('a/../b')), p.join(P('a'), 'b'), os.fsencode('é'), os.fsdecode(b'\xc3\xa9'), ascii(os.fsdecode(b'\xff')), os.fsencode('\udcff'))
for bad in (lambda: os.fspath(5), lambda: os.fspath(P(5)), lambda: p.join('a', 5), lambda: p.join('a', b'b'), lambda: p.normpath(None), lambda: os.stat(1.5), lambda: os.stat(None), lambda: os.listdir(1.5), lambda: os.mkdir(5), lambda: os.stat('a\0b'), lambda: os.rename('a', 5), lambda: os.rename(5, 'a'), lambda: os.stat('x', dir_fd='a'), lambda: os.stat(), lambda: os.stat('a', 1), lambda: os.close('a'), lambda: os.read(1), lambda: os.fsencode(5), lambda: os.stat('x', follow_symlinks=False, bogus=1), lambda: os.DirEntry(), lambda: os.strerror('a')):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(isinstance('x', os.PathLike), isinstance(P('x'), os.PathLike), os.PathLike.__name__, os.PathLike[str], os.DirEntry, os.DirEntry[str], os.stat_result, os.terminal_size, os.error is OSError)
print(os.terminal_size((80, 24)), os.stat_result(range(10)), os.stat_result(range(10)).st_mtime, os.strerror(2), os.strerror(0), os.strerror(99999))
print(os.F_OK, os.R_OK, os.O_RDONLY, os.O_CREAT, os.SEEK_SET, os.SEEK_END, os.EX_OK, os.WEXITSTATUS(256), os.WIFEXITED(256), os.WTERMSIG(9), os.WIFSIGNALED(9), os.waitstatus_to_exitcode(9), os.waitstatus_to_exitcode(768))
print(os.supports_bytes_environ, os.stat in os.supports_dir_fd, os.scandir in os.supports_fd, os.stat in os.supports_follow_symlinks)
