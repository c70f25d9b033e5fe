from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

table = {x: [y for y in range(x * 100, x * 100 + 3)] for x in range(4)}
lists = [[f'{x}{y}' for x in 'ab'] for y in (1.5, 2.5)]
chosen = [v for v in table.values() if (n := len(v)) > 2]
lazy = (v for row in table.values() for v in row if v % 2)
first = next(lazy)
functions = [lambda x, i=i: x + i for i in range(3)]
captured = [lambda: i for i in range(1000, 1003)]
called = [f(1000) for f in functions]
pairs = list(zip(table, lists, called))
def stop(x):
    read(0, 1)
    return x
stopped = [stop(float(x)) for x in (7, 8)]
