# Where __index__ is used and what is refused.
# portable
class I:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
L = list(range(10))
print(L[I(3)], L[I(-1)], L[I(1):I(5):I(2)], 'abc'[I(1)], (1, 2)[I(0)], range(10)[I(4)], b'abc'[I(1)])
print(hex(I(255)), bin(I(5)), oct(I(8)), chr(I(65)), range(I(3)), bytes(I(2)), 'a' * I(3), [0] * I(2), I(2) * 'xy')
L[I(0)] = 'z'
L[I(1):I(3)] = ['q']
del L[I(-1)]
print(L)  # expect: ['z', 'q', 3, 4, 5, 6, 7, 8]
class Bad:
    def __index__(self): return 'x'
for f in (lambda: L[Bad()], lambda: hex(Bad()), lambda: L[1.0], lambda: L['a'], lambda: L[None], lambda: 'a' * 1.0, lambda: range(1.0),
          lambda: chr('a'), lambda: bytes(1.5), lambda: L[2**70], lambda: 'abc'[2**70], lambda: [0] * 2**70, lambda: hex(1.5), lambda: tuple([1, 2])['x'],
          lambda: L[I(2**80)], lambda: L[10**30:]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print('abc'[-2**70:2**70], L[:2**100], complex(I(2)), float(I(3)), round(3.14159, I(2)))
print((10).__index__(), True.__index__(), slice(I(1), 3).indices(I(5)))  # expect: 10 1 (1, 3, 1)
