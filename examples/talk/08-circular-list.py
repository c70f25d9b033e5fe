# Slide "Circular reference", as written: list1 holds l1, and nothing holds list1. This is no cycle.
import gc
gc.collect()
l1 = [1, 3, 4]

list1 = []
list1.append(l1)

print(list1, list1[0] is list1)
del list1, l1
print('gc.collect() finds:', gc.collect())
