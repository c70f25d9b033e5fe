# sys.exit with atexit, __del__ and finally: all still run, and what they raise does not change the code.
import atexit
import sys
class D:
    def __del__(self):
        print('del')
        raise ValueError('ignored')
sys.unraisablehook = lambda a: print('unraisable', a.exc_type.__name__)
d = D()
def at():
    print('atexit')
    raise SystemExit(9)
atexit.register(at)
try:
    sys.exit(3)
finally:
    print('finally')
