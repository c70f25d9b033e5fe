# Slide "Circular reference", as written: Object1 holds Object2 and itself; Object2 holds nothing.
import gc
gc.collect()

Object1 = {}
Object2 = {}
Object1["second"] = Object2
Object1["first"] = Object1

print(Object1, Object2)
del Object1, Object2
print('gc.collect() finds:', gc.collect())
