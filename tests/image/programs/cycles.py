from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

one = []
one.append(one)
pair = [{}, {}]
pair[0]['other'] = pair[1]
pair[1]['other'] = pair[0]
class Tree:
    def __init__(self, parent, depth):
        self.parent = parent
        self.children = [Tree(self, depth - 1) for i in range(2)] if depth else []
root = Tree(None, 3)
def garbage(n):
    for i in range(n):
        a = {'number': i * 1.5}
        b = [a, 'lost']
        a['b'] = b
garbage(4)
lost = Tree(None, 1)
lost = None
def self_calling():
    return self_calling
self_calling.me = self_calling
def local_cycle():
    def inner(): return inner
    inner.data = [1.25]
local_cycle()
read(0, 1)
