# Slide "Generational GC": a new object is in generation 0; what survives a collection moves on.
# The slide's third step says that the survivors of generation 1 go into generation 1: they go into generation 2.
import gc

gc.disable()
gc.collect()
gc.freeze()


def generation_of(thing):
    for generation in range(3):
        if any(one is thing for one in gc.get_objects(generation=generation)):
            return generation


kept = []
dropped = []
dropped.append(dropped)
print('newly created:', generation_of(kept), generation_of(dropped))
del dropped
print('collecting generation 0 finds:', gc.collect(0), 'and the survivor is in:', generation_of(kept))
print('collecting generation 1 finds:', gc.collect(1), 'and the survivor is in:', generation_of(kept))
print('collecting generation 2 finds:', gc.collect(2), 'and the survivor is in:', generation_of(kept))
gc.unfreeze()
gc.enable()
