# Objects move through the generations; get_objects by generation; automatic collections at the threshold.
import gc
gc.collect()
gc.freeze()
class T: pass
t = T()
def where(o):
    return [g for g in range(3) if any(x is o for x in gc.get_objects(g))]
print(where(t))
gc.collect(0)
print(where(t))
gc.collect(1)
print(where(t))
gc.collect(0)
gc.collect(1)
print(where(t))
u = T()
gc.collect(2)
print(where(u), where(t))
n = len(gc.get_objects(generation=0))
keep = [[] for _ in range(100)]
print(len(gc.get_objects(0)) - n >= 100)
gc.set_threshold(100, 5, 5)
before = gc.get_stats()
junk = []
for i in range(3000): junk.append([i])
after = gc.get_stats()
print([a['collections'] - b['collections'] for a, b in zip(after, before)])
before = after
for i in range(3000):
    x = []
    x.append(x)
after = gc.get_stats()
print([a['collections'] - b['collections'] for a, b in zip(after, before)])
print(sum(a['collected'] - b['collected'] for a, b in zip(after, before)) > 2500)
gc.set_threshold(2000, 10, 10)
gc.collect()
a = []
a.append(a)
w = [o for o in gc.get_objects() if o is a]
print(len(w), where(a))
del w
gc.freeze()
print(where(a), gc.get_freeze_count() > 0, len(gc.get_objects()) < 50)
del a
print(gc.collect())
gc.unfreeze()
print(gc.collect() >= 1)
