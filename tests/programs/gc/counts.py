# gc.get_count after allocations and frees; what is counted and what is not.
import gc
gc.collect()
gc.freeze()
gc.collect()
c0 = gc.get_count()
keep = [[] for _ in range(100)]
c1 = gc.get_count()
print(c1[0] - c0[0], c1[1:])
keep2 = [(i, i) for i in range(50)]
c2 = gc.get_count()
print(c2[0] - c1[0])
keep3 = [i * 1.5 for i in range(50)]
keep4 = ['s%d' % i for i in range(50)]
c3 = gc.get_count()
print(c3[0] - c2[0])
del keep[50:]
c4 = gc.get_count()
print(c4[0] - c3[0])
class A: pass
c4 = gc.get_count()
inst = [A() for _ in range(20)]
print(gc.get_count()[0] - c4[0])
c5 = gc.get_count()
ds = [{} for _ in range(10)] + [{1: []} for _ in range(5)] + [set() for _ in range(5)]
print(gc.get_count()[0] - c5[0])
fs = [lambda: 0 for _ in range(10)]
gs = [(x for x in ()) for _ in range(3)]
print(gc.get_count()[0] - c5[0])
gc.collect(0)
print(gc.get_count()[1])
gc.collect(0)
print(gc.get_count()[1])
gc.collect(1)
print(gc.get_count()[1:])
gc.collect()
print(gc.get_count()[1:])
gc.disable()
L = [[] for _ in range(5000)]
print(gc.get_count()[0] > 5000)
gc.enable()
M = [[] for _ in range(10)]
print(gc.get_count()[0] < 2000)
