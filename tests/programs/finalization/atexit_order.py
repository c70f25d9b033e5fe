# atexit: last registered first, arguments, unregister, registering at exit, exceptions, what is still there.
import atexit
import sys
def say(*a, **k):
    print('atexit', a, k, alive is not None)
alive = object()
print(atexit.register(say, 1) is say)
atexit.register(say, 2, x=3)
atexit.register(print, 'plain print', end='!\n')
@atexit.register
def decorated():
    print('decorated')
def twice():
    print('twice')
atexit.register(twice)
atexit.register(twice)
atexit.register(say, 'never')
print(atexit._ncallbacks())
def other(): print('other')
atexit.register(other)
atexit.unregister(other)
atexit.unregister(len)
print(atexit._ncallbacks())
def late():
    print('late registers')
    atexit.register(print, 'registered at exit')
atexit.register(late)
def raises():
    raise ValueError('in atexit')
atexit.register(raises)
def exits():
    sys.exit(5)
atexit.register(exits)
for bad in (lambda: atexit.register(), lambda: atexit.register(1), lambda: atexit.unregister()):
    try:
        bad()
    except TypeError as e:
        print(e)
sys.unraisablehook = lambda a: print('hook', a.exc_type.__name__, a.exc_value, a.err_msg, a.object.__name__)
class D:
    def __del__(self):
        print('module teardown after atexit')
d = D()
print('end')
