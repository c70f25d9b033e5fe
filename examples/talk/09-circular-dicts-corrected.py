# What the slide means: two dicts that hold each other.
import gc
gc.collect()

Object1 = {}
Object2 = {}
Object1["second"] = Object2
Object2["first"] = Object1

print(Object1, Object2)
del Object1, Object2
print('gc.collect() finds:', gc.collect())
