# center, ljust, rjust, zfill, expandtabs, translate, maketrans.
# portable
print('[' + 'ab'.center(7) + ']', '[' + 'ab'.center(6, '*') + ']', '[' + 'abc'.center(6, '*') + ']', 'ab'.ljust(5, '.'), 'ab'.rjust(5, '€'), 'x'.center(0), 'abc'.ljust(-5), 'é'.center(4, '😀'))
print('42'.zfill(5), '-42'.zfill(5), '+42'.zfill(6), ''.zfill(3), 'abc'.zfill(2), '-'.zfill(3), '€1'.zfill(4), '--1'.zfill(5))
print('a\tb\tc'.expandtabs(), 'a\tb'.expandtabs(4), 'ab\tc\n\td'.expandtabs(3), 'a\tb'.expandtabs(0), '\t'.expandtabs(1) + '|', '12345678\tx'.expandtabs(), 'é\tx'.expandtabs(4), 'a\r\tb'.expandtabs(4).encode())
for f in (lambda: 'a'.center(5, 'ab'), lambda: 'a'.ljust(5, ''), lambda: 'a'.rjust('x'), lambda: 'a'.center(5, 1), lambda: 'a'.center(), lambda: 'a'.zfill(1.5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
t = str.maketrans({'a': '1', 'b': None, 99: 'XYZ', 'd': 0x20ac})
print(t, 'abcdabcd'.translate(t), 'zzz'.translate(t))
print(str.maketrans('abc', 'xyz'), str.maketrans('abc', 'xyz', 'qr'), 'aqbrc'.translate(str.maketrans('abc', 'xyz', 'qr')))
for f in (lambda: str.maketrans('ab', 'c'), lambda: str.maketrans({'ab': 1}), lambda: str.maketrans(1), lambda: str.maketrans('a', 1), lambda: 'a'.translate({97: 1.5}), lambda: 'a'.translate({97: 0x110000}), lambda: str.maketrans({1.5: 'a'})):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class T:
    def __getitem__(self, k):
        if k == 98: raise LookupError
        return chr(k + 1)
print('abc'.translate(T()), 'Hello'.translate([chr(i ^ 32) for i in range(128)]), 'aé'.translate({0xe9: 'e'}), 'a😀'.translate({0x1f600: ':)'}))
