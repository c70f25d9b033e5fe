# The matcher: every instruction, long subjects, deep nesting, all widths of text, no recursion.
import re

CASES = [
    (r'a.c', 'abc a\nc'), (r'(?s)a.c', 'a\nc'), (r'^b|c$', 'a\nb\nc\n'), (r'(?m)^b$', 'a\nb\nc'), (r'\Ab', 'b\nb'), (r'c\Z', 'c\nc'),
    (r'\bfoo\b', 'xfoo foo'), (r'\Boo', 'foo'), (r'[^abc]+', 'abcxyzabc'), (r'[\w-]+', 'a-b_c d'), (r'[\d.]+', '12.5x'),
    (r'(a|ab)(c|bcd)(d*)', 'abcd'), (r'(?:a|b)*?c', 'ababc'), (r'a{2,3}?', 'aaaa'), (r'a{2,3}+a', 'aaaa'), (r'(a+)+b', 'aaab'),
    (r'(?:ab){2,}', 'ababab'), (r'(?:ab){1,2}?b?', 'ababb'), (r'(?:ab)++a', 'ababa'), (r'(?>a+)b', 'aab'), (r'(?>a+)a', 'aaa'),
    (r'(?=a)\w', 'ba'), (r'(?!a)\w', 'ab'), (r'(?<=a)b', 'ab'), (r'(?<!a)b', 'abb'),
    (r'(a)?(?(1)b|c)', 'abc'), (r'(?P<q>[\'"])(.*?)(?P=q)', 'x="it\'s"'), (r'(?i)(a)\1', 'aA'), (r'(.)\1', 'xyzz'), (r'((a)|b)+', 'aba'),
    (r'(a*)*', 'aab'), (r'(a*)+', 'b'), (r'(?:a?)*?b', 'aab'), (r'(|a)+', 'aaa'), (r'(?:(a)|b)*', 'ab'), (r'x*', 'axb'),
    (r'(?i)straße', 'STRAßE'), (r'(?i)[k-m]+', 'K\u212aL'), (r'(?i)ſ', 'S'), (r'(?ia)k', '\u212ak'), (r'(?i)[^a]', 'Ab'), (r'(?i)é', 'É'),
    (r'\w+', 'жé_1\U00010400 x'), (r'(?a)\w+', 'aжb'), (r'\s+', 'a\u2003\x1f b'), (r'\d+', '1٣2'), (r'[а-я]+', 'Привет'), (r'[\U00010400-\U00010450]', 'a\U00010428'),
    (r'(?i)[\U00010400-\U0001040f]', '\U00010428'), (r'[^\x00-\x7f]+', 'aбвg'), (r'[\u0100-\u0200\u0400-\u0500x]+', 'xжĀ'), (r'(?x) a b # c', 'ab'),
    (r'(?:a|b|c|dd|e)+f', 'abcddef'), (r'foobar|foobaz', 'xfoobaz'), (r'aab', 'aaab'), (r'abab(?:c)', 'abababc'), (r'(abc)d', 'abcabcd'),
    (r'(?s:.)(?-i:B)', '\nB'), (r'(?i:a)b', 'Ab AB'), (r'(?<!\d)\d{3}(?!\d)', '12 123 1234'), (r'\d{1,3}(?:,\d{3})*', '1,234,567'), (r'(\w+)\s+\1', 'the the'),
    (r'(?:(?:a){0,2}b){2}', 'aabab'), (r'(((((a)))))', 'a'), (r'(?:(\w)(\d)|(\d)(\w))+', 'a12b'), (r'(a)|(b)|(c)', 'cab'), (r'[]a]+', ']a'), (r'a*', ''),
]
for pattern, text in CASES:
    p = re.compile(pattern)
    m = p.search(text)
    print(ascii(pattern), m and (m.span(), m.regs, m.lastindex), ascii(p.findall(text)), p.match(text) and 1, p.fullmatch(text) and 1, ascii(p.split(text)))
    if text.isascii():
        b = re.compile(pattern.encode('latin-1', 'replace')) if pattern.isascii() and '\\u' not in pattern and '\\U' not in pattern and '\\N' not in pattern else None
        if b:
            print(b.findall(text.encode()))
for wide in '', 'ж', '\U0001f600':
    long = 'x' * 200000 + wide
    print(re.match('x*', long).end(), re.match('(?:x)*', long).end(), re.match('(x)*', long).span(1), re.match('(?:x|y)*', long).end())
    print(re.match('x*?' + (wide or '$'), long).end(), re.search('y', long), re.match('(?:xx)*+', long).end(), len(re.findall('xx', long)))
n = 90
print(re.match('(' * n + 'a' + ')' * n, 'a').lastindex, re.match('(?:' * n + 'a*' + ')*' * n, 'aaa').end())
print(re.match('(?:(?:ab)*c)*', ('ab' * 20 + 'c') * 20).end(), re.match('(?:a|ab|abc)*d', 'abc' * 300 + 'd').end())
print(re.match(r'(a?){20}a{20}', 'a' * 20).end(), re.search('(?:a+)+$', 'a' * 20 + 'b'), re.match(r'(.)(.*)\1', 'a' + 'b' * 10000 + 'a').end())
