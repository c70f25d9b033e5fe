# Slide "Want to know more?": gc.collect() says how many objects it found that nothing can reach.
import gc

gc.collect()


class Person:
    pass


ann, bob = Person(), Person()
ann.friend, bob.friend = bob, ann
del ann, bob
print('gc.collect():', gc.collect())
print('gc.collect() again:', gc.collect())
