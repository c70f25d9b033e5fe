# repr, ascii, escapes in literals, quotes, surrogates, unprintable characters.
# portable
for s in ('', "it's", 'say "hi"', '\'"', 'tab\tnl\ncr\r', '\\', '\x00\x1f\x7f', '\x80\x9f\xa0\xad', 'é', '€', '😀', '\u200b', '\ud800', '\udfff\ud800', '\U0010ffff', '\u0378', '\ue000', 'a\u0301', '\u2028', '\x1b[0m'):
    print(repr(s).encode('utf-8', 'backslashreplace'), ascii(s), len(s))
print("\101\x41\u0041\U00000041\N{LATIN SMALL LETTER E WITH ACUTE}\N{BULLET}", '\07' == '\x07', '\
joined', r'raw\n\'', 'a' 'b' "c", '''tri'ple"''', """x
y""")
print(len(r'\\'), r'\u0041', rb'\x', Rb'\n', u'u', '\a\b\f\v'.encode(), '\0', '\08'.encode(), '\1234'.encode())
print(repr('\\n'), repr(r'\n'), str("'"), repr(["'", '"', '\'"']), ascii(['é', {'k€': '😀'}]), '%a' % 'é', f'{"é"!a}')
class R:
    def __repr__(self): return 'é<R>'
print(ascii(R()), repr(R()), [R()], f'{R()}', f'{R()!s} {R()!r} {R()!a}', '%r %a %s' % (R(), R(), R()))
class B:
    def __repr__(self): return 1
    def __str__(self): return None
for f in (lambda: repr(B()), lambda: str(B()), lambda: f'{B()}', lambda: [B()].__repr__(), lambda: '%s' % B(), lambda: print(B())):
    try:
        f()
    except TypeError as e:
        print(e)
print(str(), str(b'abc'), str(b'abc', 'ascii'), str(b'\xc3\xa9', 'utf-8'), str(object=5), str(b'\xff', errors='replace'), str(None), str(int))
for f in (lambda: str('a', 'utf-8'), lambda: str(1, 'utf-8'), lambda: str(b'\xff', 'utf-8'), lambda: str(1, 2, 3, 4)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
