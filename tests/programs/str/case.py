# Case mapping and classification over Unicode.
# portable
words = ['hello World', 'ÀÉÎ straße', 'ﬁ ligature', "they're bill's", 'ǆ Ǆ ǅ', 'İıI', 'Σίσυφος ΣΑΣ', '123abc DEF', '', 'ŉ ΐ', '\u1e9e ß', 'Ⅷ ⅷ ⓐ']
for w in words:
    print([w.upper(), w.lower(), w.title(), w.capitalize(), w.swapcase(), w.casefold()])
chars = ['a', 'A', '1', '²', '½', 'Ⅷ', '_', ' ', '\n', '\x00', 'é', 'ª', '中', '٣', '\u2003', 'ǅ', '😀', '€', '\u0300', '\ud800', '', 'a1', 'A B', 'a_b', '1a']
for c in chars:
    print(ascii(c), ''.join('01'[getattr(c, 'is' + m)()] for m in ('alnum', 'alpha', 'ascii', 'decimal', 'digit', 'identifier', 'lower', 'numeric', 'printable', 'space', 'title', 'upper')))
print('Hello World'.istitle(), 'HELLO'.isupper(), 'hello1'.islower(), 'A1'.isupper(), '1'.isupper(), 'A'.istitle(), 'Aa Bb'.istitle(), 'def'.isidentifier(), 'ünï'.isidentifier(), 'a-b'.isidentifier())
print('abc'.casefold() == 'ABC'.casefold(), 'ß'.casefold() == 'ss', 'ß'.upper(), 'ŉ'.upper(), 'ΐ'.upper().encode('unicode_escape'))
