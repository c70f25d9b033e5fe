# Slide "Ref counting GC algo": reference count == 0 means that the object is deleted, at once.
import sys


class Noisy:
    def __del__(self):
        print('deleted')


thing = Noisy()
other = thing
print('two names:', sys.getrefcount(thing) - 1)
del thing
print('one name left')
other = None
print('no name left: it was deleted before this line')
