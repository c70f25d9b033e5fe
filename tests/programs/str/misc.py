# isinstance tricks, subclass behaviour, docs, static functions, iteration, multiplication of wide strings.
class S(str):
    def __new__(cls, v, extra=None):
        self = str.__new__(cls, v)
        self.extra = extra
        return self
s = S('hello', 9)
print(s, s.extra, type(s).__name__, s.upper(), type(s.upper()).__name__, s == 'hello', hash(s) == hash('hello'), {s: 1}['hello'], s + '!', f'{s:>7}', '%s' % s, len(s), s[1], [*s][:2], s.__dict__)
print(isinstance(s, str), issubclass(S, str), S.mro()[1], str.__name__, str.__mro__, 'a'.__class__, 'abc'.__len__(), 'abc'.__contains__('b'), 'abc'.__add__('d'), 'abc'.__mul__(2), 'abc'.__rmul__(2), 'abc'.__iter__().__next__())
print('x' * 3, 'é€' * 3, '😀' * 2, '' * 1000, 'ab' * True, len('abc' * 10000), ('ab' * 3)[::2], ('€' * 5).count('€'))
print(ord('a'), ord('€'), chr(0x10ffff) == '\U0010ffff', chr(0).encode())  # expect: 97 8364 True b'\x00'
for f in (lambda: ord(''), lambda: ord('ab'), lambda: ord(1), lambda: chr(-1), lambda: chr(0x110000), lambda: chr('a'), lambda: 'abc'.nope, lambda: 'abc'.upper(1), lambda: str.upper(1), lambda: str.upper(), lambda: 'a' * (1 << 62), lambda: setattr('a', 'x', 1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print('abc'.__eq__(1), 'abc'.__lt__(1), 'abc'.__ne__('abc'), str.__eq__('a', 'a'), 'a'.__hash__() == hash('a'), 'a'.__str__(), 'a'.__repr__(), 'a'.__format__('>3'), 'a'.__getnewargs__())
print('{}'.format, str.join)if False else print('methods', len([m for m in dir(str) if not m.startswith('_')]), [m for m in dir(str) if not m.startswith('_')])
print(max('apple', 'banana', key=lambda w: w[-1]), ''.join(reversed('abc')), list(enumerate('ab')), list(zip('ab', 'xyz')), dict(zip('ab', range(2))), sorted(set('mississippi')))
it = iter('ab')
print(it.__reduce__()[1], list(it), str.__doc__.split('\n')[0])  # expect: ('ab',) ['a', 'b'] str(object='') -> str
