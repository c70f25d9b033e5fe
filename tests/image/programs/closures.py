from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

def counter(start, step=[1]):
    total = start
    seen = []
    def count(by=None, *, scale=(2, 3)):
        nonlocal total
        total = total + step[0]
        seen.append(total)
        return total
    def show():
        return seen, total
    return count, show
first, show_first = counter(1000.5)
second, show_second = counter(2000.5, [7])
for i in range(3):
    first()
    second()
def outer():
    unset_later = 1
    text = 'held by a cell'
    def inner():
        return text, unset_later
    del unset_later
    return inner
holder = outer()
curried = lambda a: lambda b: lambda c: (a, b, c)
partly = curried([1])([2])
def now(x):
    y = [x]
    def local():
        return y
    read(0, 1)
    return local
now('argument of now')
