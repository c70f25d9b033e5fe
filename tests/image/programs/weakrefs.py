from posix import read
from _weakref import ref, proxy
import gc
first = type('first', (ref,), {})
gc.collect(); gc.freeze(); gc.collect()
del gc

class Node:
    def __init__(self, name): self.name = name
class Sloppy(ref):
    pass
a, b, c = Node('a one'), Node('b one'), Node('c one')
gone = []
plain = ref(a)
again = ref(a)
called = ref(b, gone.append)
sub = Sloppy(c)
sub.note = ['extra']
through = proxy(c)
dead = ref(Node('dead already'))
dead_called = ref(Node('dead and told'), gone.append)
function_ref = ref(Node.__init__)
class_ref = ref(Node)
set_of_refs = [ref({1.5}.__class__), ref(frozenset([1, 2]))]
read(0, 1)
