# Slide "Objects referenced in another object": l1 = [1,2,3]; l2 = [4,5,6] and append l1.
import sys

l1 = [1,2,3]
l2 = [4,5,6]
before = sys.getrefcount(l1)
l2.append(l1)
print(l2)
print('l2.append(l1):', sys.getrefcount(l1) - before)
del l2
print('del l2:', sys.getrefcount(l1) - before)
