# Slide "Issues with RC algorithm": it cannot see a circular reference.
import gc

gc.collect()
gc.disable()


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('deleted', self.name)


straight = Noisy('straight')
loop = Noisy('loop')
loop.me = loop
del straight
print('the name straight is gone')
del loop
print('the name loop is gone, the object is not')
gc.collect()
print('the collector has run')
gc.enable()
