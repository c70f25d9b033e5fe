# Thresholds: set, read, refused; what 0 means; collections under small ones.
import gc
gc.collect()
gc.freeze()
gc.collect()
print(gc.get_threshold())
for bad in [(), (1, 2, 3, 4), ('a',), (1.5,), (2**40,), (-2**40,), (1, None)]:
    try:
        gc.set_threshold(*bad)
    except (TypeError, OverflowError) as e:
        print(bad, type(e).__name__, e)
print(gc.get_threshold())
gc.set_threshold(100)
print(gc.get_threshold())
gc.set_threshold(50, 3)
print(gc.get_threshold())
gc.set_threshold(50, 3, 2)
runs = []
def note(phase, info):
    if phase == 'stop':
        runs.append((info['generation'], info['collected']))
gc.callbacks.append(note)
def work(n):
    keep = []
    for i in range(n):
        a = [i]
        a.append(a)
        if i % 10 == 0:
            keep.append([i])
    return keep
kept = work(1000)
print(runs)
print([s['collections'] > 0 for s in gc.get_stats()])
runs.clear()
gc.set_threshold(0)
kept2 = work(3000)
print(runs, gc.get_count()[0] > 3000)
gc.set_threshold(-5, 10, 10)
kept3 = work(50)
print(len(runs), gc.get_threshold())
runs.clear()
gc.set_threshold(2000, 0, 0)
kept4 = work(7000)
print(runs)
gc.callbacks.remove(note)
gc.set_threshold(2000, 10, 10)
print(gc.collect())
