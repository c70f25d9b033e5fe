# bytes: construction, indexing, methods, repr, errors.
# portable
def same(a, b): return a is b
print(bytes(), bytes(3), bytes([65, 66]), bytes('é', 'utf-8'), bytes(b'x'), bytes(range(3)), bytes((1, 2)), b'a' b'b', rb'\n', b'\x00\xff\'"', b"it's", b'"', bytes(bytearray(b'q')), bytes(memoryview(b'mv')))
for f in (lambda: bytes('a'), lambda: bytes(-1), lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(['a']), lambda: bytes(1.5), lambda: bytes(None), lambda: bytes(b'a', 'utf-8'), lambda: bytes(5, 'x'), lambda: bytes(encoding='x'), lambda: b'abc'[3], lambda: bytes(b'abc')['a'], lambda: b'a' + 'b', lambda: b'a' * 'b', lambda: b'a' < 'a',
          lambda: b'%s' % 'x', lambda: b''.join(['a']), lambda: b'a'.find('a'), lambda: b'a'.split(''), lambda: b'abc'.index(b'z'), lambda: 'a' in b'abc', lambda: 300 in b'abc', lambda: b'abc'.count(256)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
b = b'hello world'
print(b[0], b[-1], b[1:4], b[::-1], b[::2], len(b), list(b)[:3], 104 in b, b'wor' in b, b'' in b, b.find(b'o'), b.find(111), b.rfind(b'o'), b.index(b'w'), b.count(b'l'), b.count(108), b.find(b'zz'))
print(b.upper(), b.title(), b.capitalize(), b.swapcase(), b.split(), b.split(b'o', 1), b.rsplit(b'o', 1), b.partition(b' '), b.rpartition(b'o'), b.replace(b'l', b'L', 2), b.startswith(b'he'), b.endswith((b'x', b'ld')), b.strip(b'hd'), b.center(15, b'*'), b.ljust(13) + b'|', b.zfill(14), b.join([b'1', b'2']), b.translate(None, b'l'), b.translate(bytes.maketrans(b'lo', b'01')))
print(b.hex(), b.hex(':'), b.hex('-', 2), b.hex('_', -4), bytes.fromhex('41 42 4a'), bytes.fromhex(' dead BEEF '), b'a\tb'.expandtabs(4), b'a\nb\r\nc'.splitlines(), b'a\nb'.splitlines(True), b.removeprefix(b'hello'), b.removesuffix(b'ld'))
for s in ('4', 'zz', '4 1', '41 4', 'é'):
    try:
        print(bytes.fromhex(s))
    except ValueError as e:
        print(e)
print(b'%d %s %r %x %c %a %b %5.1f %%' % (1, b's', b'r', 255, 65, 'é', b'b', 2.5), b'%(a)s' % {b'a': b'v'}, b'%-5d|%05d' % (1, 2))
print(b'abc' == b'abc', b'a' < b'b', b'a' == 'a', b'' < b'a', hash(b'abc') == hash(bytes([97, 98, 99])), b'ab' * 3, 0 * b'x', same(b'a', bytes([97])), same(b'', bytes()), sorted([b'b', b'a']), {b'k': 1}[b'k'])
print(b'abc'.isalpha(), b'12'.isdigit(), b'a1'.isalnum(), b' \n'.isspace(), b'AB'.isupper(), b'ab'.islower(), b'Ab'.istitle(), b'\x80'.isascii(), b''.isalpha())
print([x for x in b'abc'], bytes(reversed(b'abc')), max(b'abc'), sum(b'abc'), b'abc'.decode(), str(b'abc'), repr(b'\t\n\r\\\x7f'), ascii(b'\x80'))
class B:
    def __bytes__(self): return b'B!'
class Bad:
    def __bytes__(self): return 'x'
print(bytes(B()))  # expect: b'B!'
try:
    bytes(Bad())
except TypeError as e:
    print(e)
class MB(bytes):
    pass
m = MB(b'abc')
m.x = 1
print(m, type(m[:]), type(m + b''), m == b'abc', type(MB.fromhex('41')), m.x, bytes(m), type(bytes(m)))
