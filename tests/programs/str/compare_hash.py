# Ordering, equality and hash of strings under hash seed 0.
print('a' < 'b', 'a' < 'B', 'abc' < 'abd', 'ab' < 'abc', '' < 'a', 'Z' < 'a', 'é' > 'z', '€' < '😀', '\uffff' < '\U00010000', 'a' == 'a', 'a' != 'b', 'a' == 1, 'abc' >= 'abc')
for f in (lambda: 'a' < 1, lambda: 'a' + 1, lambda: 1 + 'a', lambda: 'a' * 'b', lambda: 'a' - 'b', lambda: 'a' > b'a', lambda: 'a' + b'b', lambda: 'a' + None, lambda: -'a', lambda: 'a' * 1.5):
    try:
        f()
    except TypeError as e:
        print(e)
for s in ('', 'a', 'b', 'ab', 'abc', 'hello', 'hello world', 'x' * 100, 'é', '€', '😀', 'aé', '0', '1', 'spam', 'a' * 7, 'a' * 8, 'a' * 9, 'a' * 15, 'a' * 16):
    print(ascii(s)[:20], hash(s), hash(s) % 8, hash(s) & 0xff)
print('é' == 'e\u0301', 'ab' + '€'[:0] == 'ab', hash('abc') == hash('ab' + 'c'), hash(b'abc') == hash('abc'), hash(b''), hash(b'a'))
class S(str):
    def __eq__(self, o): return True
    def __hash__(self): return 5
print(S('x') == 'y', 'y' == S('x'), hash(S('x')), {S('x'): 1}, S('a') + 'b', type(S('a') + 'b'), S('a').upper(), type(S('a')[:]), str(S('q')), type(str(S('q'))))
print(sorted(['b', 'a', 'C', 'é', '€', '😀', '', 'aa']), min('hello'), max('hello'), max(['a', 'bb', 'c'], key=len), sorted('hello', reverse=True))
print('a' 'b' * 3, 'ab' * 0, 'ab' * -1, 3 * 'x', 'a' in 'cat', [c for c in 'abc'], tuple('xy'), set('aab') == {'a', 'b'}, len('a😀b'), ord('😀'), chr(128512))
