# Objects move through the generations; get_objects by generation; automatic collections at the threshold.
import gc
gc.collect()
gc.freeze()
class T: pass
t = T()
def where(o):
    return [g for g in range(3) if any(x is o for x in gc.get_objects(g))]
print(where(t))  # expect: [0]
gc.collect(0)
print(where(t))  # expect: [1]
gc.collect(1)
print(where(t))  # expect: [2]
gc.collect(0)
gc.collect(1)
print(where(t))  # expect: [2]
u = T()
gc.collect(2)
print(where(u), where(t))  # expect: [2] [2]
n = len(gc.get_objects(generation=0))
keep = [[] for _ in range(100)]
print(len(gc.get_objects(0)) - n >= 100)  # expect: True
gc.set_threshold(100, 5, 5)
before = gc.get_stats()
junk = []
for i in range(3000): junk.append([i])
after = gc.get_stats()
print([a['collections'] - b['collections'] for a, b in zip(after, before)])  # expect: [26, 4, 0]
before = after
for i in range(3000):
    x = []
    x.append(x)
after = gc.get_stats()
print([a['collections'] - b['collections'] for a, b in zip(after, before)])  # expect: [15, 2, 1]
print(sum(a['collected'] - b['collected'] for a, b in zip(after, before)) > 2500)  # expect: True
gc.set_threshold(2000, 10, 10)
gc.collect()
a = []
a.append(a)
w = [o for o in gc.get_objects() if o is a]
print(len(w), where(a))  # expect: 1 [0]
del w
gc.freeze()
print(where(a), gc.get_freeze_count() > 0, len(gc.get_objects()) < 50)  # expect: [] True True
del a
print(gc.collect())  # expect: 0
gc.unfreeze()
print(gc.collect() >= 1)  # expect: True
