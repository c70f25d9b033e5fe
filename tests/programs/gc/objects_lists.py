# get_objects by generation, moves between generations, freeze and unfreeze.
import gc
gc.collect()
gc.freeze()
gc.collect()
def where(x):
    for g in range(3):
        if any(o is x for o in gc.get_objects(generation=g)):
            return g
    return None
a = [1]
b = (1, 2)
c = {'k': 1}
d = {'k': []}
e = ([],)
print(where(a), where(b), where(c), where(d), where(e), gc.is_tracked(b), gc.is_tracked(c))
gc.collect(0)
print(where(a), where(b), where(d), where(e), gc.is_tracked(e))
gc.collect(1)
print(where(a), where(d))
gc.collect()
print(where(a), where(d), gc.is_tracked(c), gc.is_tracked(d))
print(any(o is a for o in gc.get_objects()))
frozen = gc.get_freeze_count()
gc.freeze()
print(gc.get_freeze_count() > frozen, where(a), gc.get_count())
young = []
print(where(young), any(o is a for o in gc.get_objects()))
gc.unfreeze()
print(gc.get_freeze_count(), where(a), where(young))
gc.collect()
gc.freeze()
for bad in (3, -2, "x", 1.5):
    try:
        gc.get_objects(generation=bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(gc.get_objects(generation=None) == gc.get_objects(), len(gc.get_objects(0)) < 40)
cyc = []
cyc.append(cyc)
gc.freeze()
del cyc
print(gc.collect())
gc.unfreeze()
print(gc.collect() > 0)
gc.freeze()
