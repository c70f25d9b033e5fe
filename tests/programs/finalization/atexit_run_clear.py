# atexit._run_exitfuncs and _clear while the program runs; equality used by unregister.
import atexit
class F:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        log.append((self.n, getattr(o, 'n', None)))
        return isinstance(o, F) and self.n == o.n
    def __call__(self): print('call', self.n)
log = []
for i in (1, 2, 1, 3):
    atexit.register(F(i))
atexit.unregister(F(1))
print(log, atexit._ncallbacks())
atexit._run_exitfuncs()
print(atexit._ncallbacks())
atexit.register(print, 'cleared')
atexit._clear()
print(atexit._ncallbacks())
atexit.register(F(9))
def bad():
    raise KeyError('k')
atexit.register(bad)
atexit._run_exitfuncs()
atexit.register(print, 'last')
