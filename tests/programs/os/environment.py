# The environment and the process: what can be told without knowing the machine.
import os
os.environ['MOULT_TEST'] = 'a value'
print(os.environ['MOULT_TEST'], os.getenv('MOULT_TEST'), os.getenv('MOULT_NONE'), os.getenv('MOULT_NONE', 'd'), os.environb[b'MOULT_TEST'], 'MOULT_TEST' in os.environ)
del os.environ['MOULT_TEST']
print(os.environ.get('MOULT_TEST'), os.environ.pop('MOULT_TEST', 3), type(os.environ).__name__, isinstance(os.environ, dict))
for bad in (lambda: os.environ['MOULT_TEST'], lambda: os.environ.__setitem__('a', 1), lambda: os.environ.__setitem__(1, 'a'), lambda: os.putenv('a=b', 'c'), lambda: os.unsetenv('a=b'), lambda: os.environ.__setitem__('a\0', 'b')):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(os.getpid() > 0, os.getppid() > 0, os.getuid() >= 0, os.cpu_count() > 0, len(os.urandom(8)), type(os.urandom(0)), os.urandom(100) != os.urandom(100), len(os.uname()), os.uname().sysname, len(os.times()), os.umask(0o22) >= 0)
try:
    os.get_terminal_size()
except OSError as e:
    print(e)
try:
    os.urandom(-1)
except ValueError as e:
    print(e)
print(os.device_encoding(0), os.isatty(0), os.isatty(1))
