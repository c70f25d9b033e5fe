# sys: constants and functions whose values are fixed for CPython 3.13 on 64-bit Linux.
import sys
print(sys.version_info[:3] >= (3, 13, 0), sys.version_info.major, sys.version_info[1], sys.version_info.releaselevel, sys.hexversion >> 16, sys.implementation.name, sys.implementation.cache_tag, sys.platform, sys.byteorder, sys.maxsize, sys.maxunicode, sys.api_version)
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info, sys.hash_info.width, sys.hash_info.modulus, sys.hash_info.inf, sys.hash_info.algorithm, sys.hash_info.cutoff)
print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.copyright[:20], sys.dont_write_bytecode, sys.flags.optimize, sys.flags.hash_randomization, sys.flags[:3])
print(sys.argv == ['basics.py'] or sys.argv, len(sys.path) > 0, type(sys.modules), 'sys' in sys.modules, 'builtins' in sys.builtin_module_names, sys.stdin.fileno(), sys.ps1 if hasattr(sys, 'ps1') else 'no ps1')
print(sys.intern('a b c') is sys.intern('a b ' + 'c'), sys.exc_info(), sys.exception(), sys.getrefcount(None), sys.is_finalizing(), sys.gettrace(), sys.getprofile(), sys.displayhook.__name__, sys.excepthook.__name__)
sys.displayhook(5)
sys.displayhook('text')
sys.displayhook(None)
import builtins
print(builtins._)  # expect: text
for f in (lambda: sys.getrefcount(), lambda: sys.intern(5), lambda: sys.setrecursionlimit(-5), lambda: sys._getframe(100), lambda: sys.getsizeof(), lambda: sys.exit.x, lambda: sys.nope, lambda: sys.setswitchinterval(-1), lambda: sys.call_tracing(), lambda: sys.version_info.x):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(sys._getframe().f_lineno, sys._getframe().f_code.co_name, (lambda: sys._getframe(1).f_code.co_name)(), sys.version_info > (3, 8), sys.version_info == sys.version_info[:], repr(sys.version_info)[:27])
sys.stderr.write('on stderr\n')
print(sys.float_info.mant_dig, sys.thread_info.name, sys.getallocatedblocks() > 1000, sys.getunicodeinternedsize() > 100, sys.orig_argv[-1], sys.pycache_prefix, sys.platlibdir, sys.warnoptions, sys._xoptions, sys.abiflags == '')
