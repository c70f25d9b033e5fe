# PEP 393: the size of strings by their widest character, and one-character caching.
import sys
def same(a, b): return a is b
for s in ('', 'a', 'ab', 'abc' * 10, 'é', 'éa', 'ÿ' * 5, 'Ā', '€', '€uro', 'abc€', '😀', 'a😀', '\x7f', '\x80', '\uffff', '\U00010000'):
    print(ascii(s), len(s), sys.getsizeof(s))
s = 'abcdefgh'
print(sys.getsizeof(s[:4]), sys.getsizeof(s + '€'), sys.getsizeof((s + '€')[:4]), sys.getsizeof(('é' + s)[1:]))
print(sys.getsizeof('€a'.replace('€', '')), sys.getsizeof('a€'.upper()), sys.getsizeof(chr(233) * 3), sys.getsizeof(''.join(['a', '😀'])))
class S(str):
    pass
print(sys.getsizeof(S('abc')), sys.getsizeof(S('ab€')), sys.getsizeof(S('')))  # expect: 100 104 97
print(same('a', chr(97)), same('é', chr(233)), chr(256) is chr(256), ''.join([]) is ''.strip(), same('xa'[1], chr(97)), same('x€'[1], chr(0x20ac)), b'a'.decode() is chr(97))
t = 'hello world'
print(t[:] is t, t[0:] is t, str(t) is t, t.strip() is t, t.replace('q', 'z') is t, (t + '') is t, ('' + t) is t, t * 1 is t, ''.join([t]) is t, t.ljust(3) is t, t.lower() is t)
print(t[0:5] is t[0:5], t.split()[0] is t.split()[0], t.format() is t, f'{t}' is t, '%s' % t is t, t.expandtabs() is t, t.zfill(2) is t, t.center(1) is t)
