# With the collector off, the collection at exit's start is left out; the last ones are not.
import gc
gc.disable()
class N:
    def __init__(self, name):
        self.name = name
        self.me = self
    def __del__(self): print('del', self.name)
N('garbage')
kept = N('kept')
import atexit
atexit.register(print, 'atexit')
print('end')
