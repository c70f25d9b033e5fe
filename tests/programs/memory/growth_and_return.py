# Building much and letting go, in five ways: the count of tracked objects comes back each time.
import gc
gc.collect()
gc.freeze()
gc.collect()
def tracked():
    gc.collect()
    return len(gc.get_objects())
class Node:
    __slots__ = ('left', 'right', 'parent')
def tree(depth):
    n = Node()
    n.parent = None
    if depth:
        n.left, n.right = tree(depth - 1), tree(depth - 1)
        n.left.parent = n.right.parent = n
    return n
def graph(n):
    nodes = [{'edges': []} for i in range(n)]
    for i, node in enumerate(nodes):
        node['edges'] += [nodes[i * 7 % n], nodes[i * 13 % n], nodes[-i]]
    return nodes
def chain(n):
    head = None
    for i in range(n):
        head = (i, head)
    return head
def closures(n):
    fs = []
    for i in range(n):
        fs.append(lambda i=i: (fs, i))
    return fs
def classes(n):
    return [type('C%d' % i, (), {'f': lambda self: self, 'i': i}) for i in range(n)]
for f, n in ((tree, 10), (graph, 2000), (chain, 5000), (closures, 2000), (classes, 100)):
    before = tracked()
    x = f(n)
    during = tracked()
    del x
    print(f.__name__, during - before, tracked() - before)
