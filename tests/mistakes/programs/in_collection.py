# Amid a collection.
import gc
from moult import unsafe


class Node:
    def __del__(self):
        unsafe.free(unsafe.alloc(8, 'object'), 'mem')


n = Node()
n.me = n
del n
gc.collect()
