# Comparison and hash of floats; nan identity in containers.
nan = float('nan')
print(nan == nan, nan != nan, nan < 1, nan > 1, nan is nan, nan in [nan], [nan] == [nan], float('nan') in [nan])
print({nan: 1}[nan], len({nan, nan, float('nan')}), (nan,) == (nan,), [nan].index(nan), [nan].count(nan))
print(1.5 < 2, 2.0 == 2, 2 == 2.0, 2.5 > 2, 1e308 < 10**309, -1e308 > -(10**309), 0.1 + 0.2 == 0.3, 0.5 == '0.5')
print([hash(v) for v in (0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 0.1, 1e100, -2.5, 1e-300, 2.0**61, 2.0**62, float('inf'), float('-inf'))])
print(hash(3.0) == hash(3), hash(1e20) == hash(10**20), hash(2.0**100) == hash(2**100), hash(0.1) == hash(0.1))
print(sorted([3.5, -1.0, 2, 0.1, float('inf'), -float('inf')]), min(0.0, -0.0), max(-0.0, 0.0), min(nan, 1), max(1, nan))
print({1: 'a', 1.0: 'b', True: 'c'}, {0.0, -0.0, 0, False}, {1.5: 'x'}[1.5])  # expect: {1: 'c'} {0.0} x
for f in (lambda: 1.0 < 'a', lambda: 1.0 < 1j, lambda: None < 1.0):
    try:
        f()
    except TypeError as e:
        print(e)
a = 1.5
b = 1.5
print(a is b, float(a) is a, +a is a, float('1.5') is float('1.5'))  # expect: True True True False
def f(): return 2.5
print(f() is f())  # expect: True
