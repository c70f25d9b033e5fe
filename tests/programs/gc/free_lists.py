# What comes from a free list is not counted anew; a full collection empties the lists.
import gc
gc.collect()
gc.freeze()
gc.collect()
gc.disable()
count = gc.get_count
def burst(make, n):
    a = count()[0]
    hold = [make() for i in range(n)]
    b = count()[0]
    hold = None
    c = count()[0]
    hold = [make() for i in range(n)]
    d = count()[0]
    hold = None
    return b - a, c - b, d - c, count()[0] - d
for name, make in [('list', lambda: []), ('dict', lambda: {}), ('tuple1', lambda: (make,)), ('tuple20', lambda: (make,) * 20),
                   ('tuple21', lambda: (make,) * 21), ('set', lambda: set()), ('function', lambda: lambda: 0)]:
    for n in (10, 79, 80, 81, 200):
        gc.collect()
        print(name, n, burst(make, n))
gc.collect()
pairs = [(i, [i]) for i in range(2100)]
a = count()[0]
del pairs
print(count()[0] - a)
a = count()[0]
again = [(i, i) for i in range(2100)]
print(count()[0] - a)
gc.collect(0)
a = count()[0]
del again
third = [(i, i) for i in range(50)]
print(count()[0] - a)
gc.collect()
a = count()[0]
fourth = [(i, i) for i in range(50)]
print(count()[0] - a)
gc.enable()
