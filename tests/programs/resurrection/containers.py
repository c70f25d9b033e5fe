# Containers whose items' finalizers change or keep the dying container.
import gc
class D:
    def __init__(self, f): self.f = f
    def __del__(self): self.f()
log = []
class L(list): pass
class M(dict): pass
def case(name, build):
    log.clear()
    build()
    print(name, log, gc.collect())
def grow():
    l = [1, D(lambda: (l.append('x'), log.append(len(l)))), 3]
    l[1] = None
def clear_while():
    l = [D(lambda: log.append(len(l))) for i in range(3)]
    l.clear()
def slices():
    l = [D(lambda i=i: log.append((i, len(l)))) for i in range(5)]
    del l[1:4]
    l[:] = []
def dict_clear():
    d = {i: D(lambda i=i: log.append((i, len(d)))) for i in range(3)}
    d.clear()
def dict_replace():
    d = {}
    d['k'] = D(lambda: (d.update(k='again'), log.append(dict(d))))
    d['k'] = 'new'
    log.append(d)
def set_clear():
    s = {D(lambda: log.append(len(s))) for i in range(3)}
    s.clear()
def pop_item():
    d = {'a': D(lambda: log.append(list(d)))}
    d.popitem()
    d['b'] = D(lambda: log.append(list(d)))
    d.pop('b')
def tuple_dies():
    t = (D(lambda: log.append('first')), D(lambda: log.append('second')))
    del t
def dict_order():
    d = {i: D(lambda i=i: log.append(i)) for i in 'abc'}
    del d
def list_order():
    l = [D(lambda i=i: log.append(i)) for i in 'abc']
    del l
def set_order():
    s = [D(lambda i=i: log.append(i)) for i in 'abc']
    t = set(s[:1])
    del s
    log.append('|')
    del t
def attr_order():
    class P: pass
    p = P()
    for i in 'abc':
        setattr(p, i, D(lambda i=i: log.append(i)))
    del p
def frame_order():
    a = D(lambda: log.append('a')); b = D(lambda: log.append('b')); c = D(lambda: log.append('c'))
    a, c = c, a
def own_dict():
    class P: pass
    p = P()
    p.x = D(lambda: log.append(sorted(d)))
    d = p.__dict__
    p.y = 1
    del p
    log.append(sorted(d))
    d.clear()
for f in (grow, clear_while, slices, dict_clear, dict_replace, set_clear, pop_item, tuple_dies, dict_order, list_order, set_order, attr_order, frame_order, own_dict):
    case(f.__name__, f)
