# Text operations in one, two and four bytes a character give the same answers.
# portable
def widths(s):
    yield s
    yield s.replace('a', '€')
    yield s.replace('a', '😀')
base = 'abracadabra the banana; a cat sat. aab aaab'
plain = {}
for w, text in enumerate(widths(base)):
    a = text[0]
    r = [text.count(a), text.find(a + 'b'), text.rfind(a + 'b'), len(text.split(a)), len(text.split()), text.replace(a, '').replace(' ', '_'), text.index('c'), len(text.partition('; ' + a)[0]), text.startswith(a + 'br'), text.endswith('b'), len(text.strip('b' + a)), len(text.center(60)), text.title().count('T'), [len(p) for p in text.rsplit(a, 3)], len(text.join('xyz')), text[::-1].find('b' + a), text.upper().count('B'), (text * 3).count(a + 'ab'), [i for i, c in enumerate(text) if c == a][:5], len(text.translate({ord(a): None})), text.casefold() == text.lower(), len(text.expandtabs()), text.encode('utf-16-le').count(b'b\x00'), len(text.encode('utf-8')) - len(text) - (0, 2, 3)[w] * text.count(a), sorted(set(text))[:4], text.isascii() == (w == 0)]
    print(r)
    plain[w] = r[:18]
print(len({repr(v) for v in plain.values()}))
mixed = 'a€😀é'
for x in mixed:
    for y in mixed: print((x + y).find(y), (x * 3 + y).count(x), (x + y) > x, (x + y)[1] == y, len(x + y), ord(max(x, y)), end='; ')
print()
