# gc.collect: each generation, what it answers, what it refuses; nested calls; the counts of older generations.
import gc
gc.collect()
gc.freeze()
gc.collect()
def cycle():
    a = []
    a.append(a)
cycle()
print(gc.collect(0), gc.collect(0), gc.get_count()[1:])
cycle(); cycle()
print(gc.collect(1), gc.get_count()[1:])
cycle()
print(gc.collect(2), gc.get_count()[1:])
print(gc.collect(generation=0))
for bad in (3, -1, 100):
    try:
        gc.collect(bad)
    except ValueError as e:
        print(e)
for bad in ('x', 1.0, None):
    try:
        gc.collect(bad)
    except TypeError as e:
        print(e)
try:
    gc.collect(1, 2)
except TypeError as e:
    print(e)
old = []
old.append(old)
gc.collect(0)
del old
print(gc.collect(0), gc.collect(1))
older = []
older.append(older)
gc.collect(0); gc.collect(1)
del older
print(gc.collect(0), gc.collect(1), gc.collect())
class Nested:
    def __init__(self):
        self.me = self
    def __del__(self):
        print('inside', gc.collect(), gc.isenabled())
Nested()
print(gc.collect())
print([s['uncollectable'] for s in gc.get_stats()])
