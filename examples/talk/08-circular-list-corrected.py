# What the slide means: a list that holds itself.
import gc
gc.collect()

list1 = []
list1.append(list1)

print(list1, list1[0] is list1)
del list1
print('gc.collect() finds:', gc.collect())
