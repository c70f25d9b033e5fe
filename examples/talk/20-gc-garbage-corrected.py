# gc.garbage is a list of what was found but could not be freed; with DEBUG_SAVEALL, of all that was found.
import gc

gc.collect()
print(gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL)
list1 = ['kept in gc.garbage']
list1.append(list1)
del list1
print(gc.collect(), gc.garbage)
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect(), gc.garbage)
