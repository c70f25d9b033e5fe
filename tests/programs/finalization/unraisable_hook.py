# sys.unraisablehook: its argument, hooks that raise, None, deleted, and keeping the object alive.
import sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self):
        raise ValueError(self.n)
def hook(args):
    print(type(args).__name__, args.exc_type.__name__, args.exc_value, args.exc_traceback is not None, args.err_msg, args.object.__qualname__)
    print(len(args), args[0] is args.exc_type, [f for f in dir(args) if not f.startswith('_')])
sys.unraisablehook = hook
D(1)
kept = []
sys.unraisablehook = kept.append
D(2)
print(kept[0].exc_value, kept[0].exc_traceback.tb_frame.f_locals['self'].n)
x = kept.pop().exc_traceback.tb_frame.f_locals['self']
print(x.n)
del x
print(len(kept))
sys.unraisablehook = None
D(3)
del sys.unraisablehook
D(4)
def bad(args):
    raise KeyError('hook fails')
sys.unraisablehook = bad
D(5)
sys.unraisablehook = sys.__unraisablehook__
D(6)
try:
    sys.unraisablehook(1)
except TypeError as e:
    print(e)
