# Comparing ints with ints, floats, bools and others.
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, 1 == True, 0 == False, 2 == True)  # expect: True False True True True False
print(2**53 == float(2**53), 2**53 + 1 == float(2**53), 2**53 + 1 > float(2**53), 2**53 - 1 < float(2**53))
print(10**400 > 1e308, 10**400 > float('inf'), -(10**400) < float('-inf'), 10**400 == float('inf'))
print(1 == float('nan'), 1 < float('nan'), 1 != float('nan'), 2**100 < float('nan'))  # expect: False False True False
print(1 == 1 + 0j, 1 == 1 + 1j, 5 == '5', 5 != '5', 5 == None, (lambda x: x is None)(5))
big = 2**64
print(big == 2**64, big < 2**64 + 1, -big < big, big > -big, -big <= -big, big >= 2**65)
for f in (lambda: 1 < 'a', lambda: 1 >= None, lambda: [] > 1, lambda: 1 < 1j, lambda: 2**70 <= b''):
    try:
        f()
    except TypeError as e:
        print(e)
print(sorted([3, -1, 2**70, 0.5, True, -(2**70), 10.0, False]))
print(max(1, 1.0), max(1.0, 1), min(True, 1), max(2**53 + 1, 2.0**53), min([5, 2, 8]), max('a', 'b'))
print(hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**61 - 2), hash(-(2**61)))
