# gc.callbacks: info of manual collections, a callback that raises, that changes the list, that allocates, that collects.
import gc
import sys
gc.collect()
gc.freeze()
gc.collect()
seen = []
sys.unraisablehook = lambda a: seen.append((a.exc_type.__name__, str(a.exc_value), a.err_msg, getattr(a.object, '__name__', a.object)))
log = []
def plain(phase, info):
    log.append((phase, dict(info)))
def raising(phase, info):
    raise ValueError(phase)
def collecting(phase, info):
    log.append(('nested', gc.collect()))
def allocating(phase, info):
    log.append(('held', [[] for i in range(3000)] and len(info)))
def leaving(phase, info):
    gc.callbacks.remove(leaving)
    log.append('left')
def growing(phase, info):
    info['more'] = 1
    if len(gc.callbacks) < 8:
        gc.callbacks.append(plain)
print(gc.callbacks)
for kinds in ([plain], [raising, plain], [collecting], [allocating], [leaving, plain], [growing, plain], [None, plain]):
    gc.callbacks[:] = kinds
    a = []
    a.append(a)
    del a
    n = gc.collect()
    gc.callbacks.clear()
    print(n, log, seen)
    log.clear()
    seen.clear()
gc.callbacks.append(plain)
gc.collect(0)
gc.collect(1)
print(log)
sys.unraisablehook = sys.__unraisablehook__
