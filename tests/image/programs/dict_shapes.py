from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

small = {'one': 1, 'two': 2.5}
mixed = {1: 'int key', 'text': 'value', (1, 2): [3], 2.5: None, None: ()}
grown = {}
for i in range(100):
    grown['key%d' % i] = [i]
holes = dict(grown)
for i in range(0, 100, 3):
    del holes['key%d' % i]
emptied = {'a': []}
emptied.clear()
itself = {}
itself['me'] = itself
popped = {'x': [1], 'y': [2], 'z': [3]}
popped.popitem()
copied = popped.copy()
merged = small | popped
from_keys = dict.fromkeys(('p', 'q'), [0])
views = (popped.keys(), popped.values(), popped.items())
started = iter(grown)
next(started)
read(0, 1)
