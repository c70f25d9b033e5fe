# The engine by itself, without re: code as its compiler makes it. Few allocations, so that each may fail in turn.
import _sre

CODES = [
    ('(\\w+)-(?P<n>\\d+)?', 32, [14, 4, 0, 2, 4294967295, 17, 0, 24, 9, 1, 4294967295, 13, 4, 8, 14, 0, 1, 17, 1, 16, 45, 23, 17, 0, 1, 17, 2, 24, 9, 1, 4294967295, 13, 4, 8, 10, 0, 1, 17, 3, 18, 1], 2, {'n': 2}, (None, None, 'n')),
    ('(?:(a)|b)*c', 32, [14, 4, 0, 1, 4294967295, 23, 19, 0, 4294967295, 7, 9, 17, 0, 16, 97, 17, 1, 15, 7, 5, 16, 98, 15, 2, 0, 18, 16, 99, 1], 1, {}, (None, None)),
    ('(?>x+)y|(?:pq)++r|(?:m|n)+?o', 32, [14, 4, 0, 2, 4294967295, 7, 15, 27, 9, 24, 6, 1, 4294967295, 16, 120, 1, 1, 16, 121, 15, 32, 14, 28, 7, 1, 4294967295, 16, 112, 16, 113, 1, 16, 114, 15, 18, 16, 26, 10, 1, 4294967295, 13, 5, 22, 109, 110, 0, 1, 16, 111, 15, 2, 0, 1], 0, {}, (None,)),
    ('\\b[aeiou]\\w*?e\\b', 32, [14, 4, 0, 2, 4294967295, 6, 10, 13, 11, 9, 0, 0, 0, 2130466, 0, 0, 0, 0, 0, 26, 9, 0, 4294967295, 13, 4, 8, 14, 0, 1, 16, 101, 6, 10, 1], 0, {}, (None,)),
    ('needle', 32, [14, 18, 3, 6, 6, 6, 6, 110, 101, 101, 100, 108, 101, 0, 0, 0, 0, 0, 0, 16, 110, 16, 101, 16, 101, 16, 100, 16, 108, 16, 101, 1], 0, {}, (None,)),
]
TEXTS = ['ab-12 cd-', 'ababc', 'xxy pqpqr mno', 'apple one are', 'a needle in a ne needle', 'ж-1 жж', b'bytes-7']
for pattern, flags, code, groups, names, groupnames in CODES:
    p = _sre.compile(pattern, flags, code, groups, names, groupnames)
    q = _sre.compile(None, flags, code, groups, names, groupnames)
    assert p == p and hash(p) == hash(p) and repr(p)
    for text in TEXTS:
        r = q if isinstance(text, bytes) else p
        m = r.search(text)
        print(m and (m.span(), m.regs, m.groups(), m.groupdict(), m.lastgroup), r.findall(text), r.split(text, 2))
        s = r.scanner(text)
        print(s.match(), s.search(), s.search(), [x[0] for x in r.finditer(text, 1)], r.fullmatch(text))
        new = b'<>' if isinstance(text, bytes) else '<>'
        print(r.sub(new, text), r.subn(new, text, 1), r.sub(lambda m: m[0] + new, text))
t = _sre.template(p, ['a', 0, '', 0, 'b'])
print(type(t))
try:
    p.search(3)
except TypeError as e:
    print(e)
