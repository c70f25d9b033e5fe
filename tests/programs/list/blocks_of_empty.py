# Blocks that a list keeps: one from an iterator that gave nothing keeps its smallest block.
import gc
import sys
gc.collect(); gc.freeze(); gc.collect()
b = sys.getallocatedblocks
def t(f):
    sys._clear_type_cache()
    x = b(); v = f(); y = b(); return y - x
for f in (lambda: list(filter(None, ())), lambda: list(enumerate([])), lambda: list(iter([])), lambda: list(map(str, [])), lambda: [].__init__(filter(None, ())), lambda: list(x for x in ()), lambda: list(zip()), lambda: list([]), lambda: list(set()), lambda: list({}), lambda: list(range(0)), lambda: list(reversed([])), lambda: list(''), lambda: list(iter({})), lambda: sorted(filter(None, ())), lambda: [*filter(None, ())], lambda: tuple(filter(None, ())), lambda: list(iter('')), lambda: list(b'')):
    t(f); print(t(f), end=' ')
print()
def e():
    l = []; l.extend(filter(None, ())); return l
print(t(e), t(e))
def e():
    l = [1]; l.clear(); return l
print(t(e), t(e))
def e():
    l = [1]; l.pop(); return l
print(t(e), t(e))
def e():
    l = [1]; del l[:]; return l
print(t(e), t(e))
def e():
    l = [1]; l[:] = []; return l
print(t(e), t(e))
def e():
    l = [1]*100
    for i in range(100): l.pop()
    return l
print(t(e), t(e))
def e():
    l = [1, 2]; del l[::-1]; return l
print(t(e), t(e))
def e():
    l = [1]; del l[::2]; return l
print(t(e), t(e))
def e():
    l = [1]*200; del l[::-1]; return l
print(t(e), t(e))
def e():
    l = [1]*200; l[:]=(); l.append(3); return l
print(t(e), t(e))
def e():
    l = list(filter(None, ())); l.append(3); return l.__sizeof__()
print(t(e), e())
