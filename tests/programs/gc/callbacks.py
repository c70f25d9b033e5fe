# gc.callbacks: phases and their info.
import gc
gc.collect()
gc.freeze()
events = []
def cb(phase, info): events.append((phase, dict(info)))
gc.callbacks.append(cb)
a = []
a.append(a)
del a
gc.collect()
gc.collect(0)
gc.collect(1)
gc.callbacks.remove(cb)
gc.collect()
for e in events: print(e)
print(gc.callbacks)  # expect: []
def boom(p, i): raise ValueError('in callback ' + p)
import sys
gc.callbacks.append(boom)
print(gc.collect())  # expect: 0
gc.callbacks.clear()
