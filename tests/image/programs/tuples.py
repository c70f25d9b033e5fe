from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

empty = ()
single = ([],)
nested = (1, (2.5, ('three', [single])))
constant = (1, 2, ('a', 'b'))
from_list = tuple([str(i) + '!' for i in range(10)])
sliced = from_list[2:5]
added = sliced + constant
unpacked, *rest = from_list
as_key = {nested[1][1][0]: from_list, (1, 2): sliced}
large = tuple(float(i) for i in range(50))
swapped = (single, empty)
ranges = [range(10), range(1000, 5, -7), range(10 ** 20)]
slices = [slice(1, 2), slice(None, [1], None)]
read(0, 1)
