# Slide "Lists!": the same with lists; a copy is another object.
l1 = [1,2,3]
print(id(l1))  # on the slide: 140602549677440
l2 = l1
print(id(l2))  # on the slide: 140602549677440
import copy
l3 = copy.copy(l1)
print(id(l3))  # on the slide: 140602549668096
l1 = [1,3,4]
print(id(l1))  # on the slide: 140602549657088

import sys
print(l1, l2, l3)
print(sys.getrefcount(l1) - 1, sys.getrefcount(l2) - 1, sys.getrefcount(l3) - 1)
