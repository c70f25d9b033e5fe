# Cycles that live at exit, in and out of the module: their finalizers run in the last collections.
import gc
class N:
    def __init__(self, name):
        self.name = name
        self.me = self
    def __del__(self):
        print('del', self.name, gc is None)
a = N('global cycle')
def hidden():
    n = N('garbage before the end')
hidden()
l = [N('in a list')]
l.append(l)
class Holder:
    kept = N('class attribute')
def f(x=N('default')):
    pass
print('end')
