# What monitoring keeps: blocks for each watched code object, freed with it; counts of callbacks and names.
import gc
import sys

m = sys.monitoring
E = m.events
m.use_tool_id(0, 'memory')


def callback(code, *args):
    pass


name = ''.join(['own', 'name'])
base = sys.getrefcount(name)
m.use_tool_id(1, name)
print(sys.getrefcount(name) - base)
m.free_tool_id(1)
print(sys.getrefcount(name) - base)
base = sys.getrefcount(callback)
m.register_callback(0, E.LINE, callback)
m.register_callback(0, E.CALL, callback)
print(sys.getrefcount(callback) - base)
m.register_callback(0, E.CALL, None)
print(sys.getrefcount(callback) - base)


def make():
    d = {}
    exec('def f(a):\n  b = a\n  return [b,\n    a]\n', d)
    return d['f']


def blocks(events):
    f = make()
    gc.collect()
    before = sys.getallocatedblocks()
    m.set_local_events(0, f.__code__, events)
    watched = sys.getallocatedblocks() - before
    f(1)
    m.set_local_events(0, f.__code__, 0)
    return watched, sys.getallocatedblocks() - before


for events in (E.PY_START, E.LINE, E.INSTRUCTION, E.LINE | E.INSTRUCTION):
    blocks(events)
    print(blocks(events))
m.register_callback(0, E.LINE, None)
print(sys.getrefcount(callback) - base)
m.free_tool_id(0)
