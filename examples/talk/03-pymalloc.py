# Slide "Python Manager: PyMalloc": blocks of one size lie side by side, and a freed block is used again at once.
class Pair:
    __slots__ = ('a', 'b')


filler = [Pair() for _ in range(3000)]
pairs = [Pair() for _ in range(200)]
steps = [id(y) - id(x) for x, y in zip(pairs, pairs[1:])]
print('most frequent distance of neighbours:', max(set(steps), key=steps.count))
print('every address is a multiple of 16:', all(id(p) % 16 == 0 for p in pairs))

one = Pair()
address = id(one)
del one
two = Pair()
print('the freed block is used again:', id(two) == address)
