# A full collection starts by itself only when enough new objects have grown old: a quarter of the old ones.
import gc
gc.collect()
gc.freeze()
gc.collect()
gc.set_threshold(100, 2, 2)
def full(): return gc.get_stats()[2]['collections']
keep = []
base = full()
seen = []
for i in range(20000):
    keep.append([])
    if full() != base:
        seen.append(i)
        base = full()
print(len(seen), seen)
gc.set_threshold(2000, 10, 10)
before = [s['collections'] for s in gc.get_stats()]
for i in range(60000): keep.append([])
print([s['collections'] - b for s, b in zip(gc.get_stats(), before)])
gc.collect()
print(gc.get_count()[1:], len(keep))
