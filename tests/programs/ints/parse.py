# int(): strings, bases, prefixes, underscores, whitespace, bytes; error texts.
# portable
good = [('12', 10), (' \t42\n', 10), ('-7', 10), ('+7', 10), ('1_000_000', 10), ('ff', 16), ('0xFf', 16), ('0b101', 2), ('0o17', 8),
        ('0x1_F', 0), ('0b1', 0), ('0o7', 0), ('0', 0), ('00', 0), ('zz', 36), ('Z', 36), ('-0x10', 0), ('0_0', 0), ('b1', 16), ('101', 2)]
for s, b in good:
    print(repr(s), b, int(s, b))
bad = [('', 10), (' ', 10), ('1__0', 10), ('_1', 10), ('1_', 10), ('0x', 16), ('12', 2), ('09', 0), ('1.0', 10), ('- 1', 10), ('++1', 10),
       ('abc', 10), ('é', 10), ('0b2', 2), ('0x', 0), ('1\x00', 10), ('12a', 10)]
for s, b in bad:
    try:
        print(int(s, b))
    except ValueError as e:
        print(e)
print(int('٣٤٥'), int('１２'), int(b'123'), int(b'  -5 '), int(bytearray(b'77')))  # expect: 345 12 123 -5 77
for args in (('1', 1), ('1', 37), (1, 10), (1.5, 10), (None,), ([],), ('1', 'a'), ('1', 10, 3), (b'x',), (1j,)):
    try:
        print(int(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(int(), int(3.99), int(-3.99), int(True), int(1e20), int('10', base=5))  # expect: 0 3 -3 1 100000000000000000000 5
for f in (float('inf'), float('-inf'), float('nan')):
    try:
        int(f)
    except Exception as e:
        print(type(e).__name__, e)
class I:
    def __int__(self): return 12
class X:
    def __index__(self): return 13
class T:
    pass
class B:
    def __int__(self): return 'no'
print(int(I()), int(X()), int('11', X()))  # expect: 12 13 14
for c in (T, B):
    try:
        print(int(c()))
    except Exception as e:
        print(type(e).__name__, e)
