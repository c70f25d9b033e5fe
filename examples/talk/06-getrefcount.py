# Slide "Get count": import sys; sys.getrefcount(object). The call itself holds one more reference.
import sys

count = sys.getrefcount(object)
print('of the class object itself:', count > 1)
another = object
print('another = object:', sys.getrefcount(object) - count)

thing = object()
print('of a new object:', sys.getrefcount(thing))
same = thing
print('with a second name:', sys.getrefcount(thing))
del same
print('and without it:', sys.getrefcount(thing))
