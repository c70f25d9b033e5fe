# What a collection says on stderr: statistics, what it found, what it kept.
import gc, sys
gc.collect()
gc.freeze()
gc.collect()


class Node:
    def __init__(self): self.me = self


class Finalized(Node):
    def __del__(self): print('finalized')


class Back(Node):
    def __del__(self):
        global back
        back = self


def make():
    a = []; a.append(a)
    d = {}; d['d'] = d
    Node(); Finalized(); Back()


for flags in (gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_STATS | gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_LEAK, gc.DEBUG_LEAK | gc.DEBUG_STATS):
    gc.set_debug(flags)
    sys.stderr.write('flags %d\n' % flags)
    for generation in (0, 1, 2):
        make()
        sys.stderr.write('generation %d\n' % generation)
        sys.stderr.write('%d\n' % gc.collect(generation))
    gc.set_debug(0)
    sys.stderr.write('%d kept\n' % len(gc.garbage))
    gc.garbage.clear()
gc.set_debug(gc.DEBUG_STATS)
kept = [[] for _ in range(2500)]
gc.set_debug(0)
