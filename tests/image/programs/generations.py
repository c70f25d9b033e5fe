from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()

old = [[i * 0.5] for i in range(5)]
gc.collect()
middle = {'k%d' % i: (i * 0.25, []) for i in range(5)}
gc.collect(0)
class Young:
    def __init__(self): self.x = [old, middle]
young = [Young() for i in range(4)]
tuples = [(1, 2.5), (1, [2]), ((), ('deep', (3.5,)))]
gc.collect(0)
last = [tuples, {'untracked': 1, 'atoms': 'only'}, {'tracked': []}]
dicts = [{}, {1: 2.5}, dict(a='b')]
frozen_here = [['frozen']]
gc.freeze()
after = [['not frozen'], frozen_here]
def garbage():
    x = []; x.append(x)
garbage()
read(0, 1)
