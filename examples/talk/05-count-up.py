# Slide "Count++": b = a and c = 19 each add one reference to the object 19.
import sys

a = 19
before = sys.getrefcount(a)
b = a
print('b = a:', sys.getrefcount(a) - before)
c = 19
print('c = 19:', sys.getrefcount(a) - before)
del b
print('del b:', sys.getrefcount(a) - before)
del c
print('del c:', sys.getrefcount(a) - before)
