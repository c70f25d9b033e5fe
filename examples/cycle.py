import gc

l1 = [1, 2, 3]
l2 = l1
l3 = l1.copy()
print(l1 is l2, l1 is l3)
del l3

Object1 = {}
Object2 = {}
Object1["second"] = Object2
Object2["first"] = Object1
del Object1
del Object2
print(gc.collect())
