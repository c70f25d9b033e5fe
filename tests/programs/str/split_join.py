# split, rsplit, splitlines, join: separators, limits, whitespace of Unicode.
# portable
print('a,b,,c'.split(','), 'a,b,,c'.split(',', 1), 'a,b,,c'.rsplit(',', 1), ''.split(','), ''.split(), '  a  b c '.split(), '  a  b c '.split(' '), 'a b c d'.split(None, 2), '  a b  c  '.split(None, 1))
print('  a b  c  '.rsplit(None, 1), 'abc'.split('abc'), 'aXXbXXc'.split('XX'), 'aXXbXXc'.rsplit('XX', 1), 'a\tb\nc\x0bd\x1ce\x85f\u2003g'.split(), 'x'.split('x', 0), ' x '.split(maxsplit=0), 'a b'.split(sep=' ', maxsplit=-1))
for f in (lambda: 'a'.split(''), lambda: 'a'.split(1), lambda: 'a'.split('a', 'b'), lambda: 'a'.join(1), lambda: 'a'.join([1]), lambda: 'a'.join(['x', 2, 'y']), lambda: ''.join(['a', b'b']), lambda: 'a'.split('b', 1, 2)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print('a\nb\r\nc\rd'.splitlines(), 'a\nb\r\nc\rd\n'.splitlines(True), ''.splitlines(), '\n'.splitlines(), 'a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g'.splitlines(), 'abc'.splitlines(keepends=True))
print(','.join([]), ','.join(['a']), ','.join('abc'), ', '.join(('x', 'yy', 'zzz')), ''.join(str(i) for i in range(10)), '€'.join(['a', 'b']), 'é'.join('😀x'), '-'.join({'k': 1, 'l': 2}), '+'.join(map(str, [1, 2])))
s = 'x'
for i in range(5):
    s = s.join('ab')
print(s)  # expect: aaaaaxbbbbb
print('a b c'.replace(' ', ''), 'aaa'.replace('a', 'bb'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2), ''.replace('', 'x'), ''.replace('a', 'b'), 'aXbX'.replace('X', ''), 'ab'.replace('ab', '€'), 'é€é'.replace('é', 'e'), 'aaaa'.replace('aa', 'a'), 'abab'.replace('ab', 'x', count=1))
print(' \t x \n'.strip() + '|', ' x '.lstrip() + '|', ' x '.rstrip() + '|', 'xyxaxyx'.strip('xy'), 'xyxaxyx'.lstrip('x'), 'xyxaxyx'.rstrip('yx'), ''.strip(), 'aaa'.strip('a') + '|', '\u2003a\x85'.strip(), 'é€é'.strip('é'), 'a'.strip(None), 'abc'.strip(''))
try:
    'a'.strip(1)
except TypeError as e:
    print(e)
