# What is refused: patterns, arguments, code that no compiler makes.
import re
import _sre
import warnings

warnings.simplefilter('error')
for p in ['(', ')', '(?P<a', '(?P<1>a)', '(?P<a>b)(?P<a>c)', '[a', '[z-a]', '*a', 'a**', 'a{2,1}', '(?<=a+)b', '(?P=x)', '\\', '\\1', '(?(1)a', '(?(2)a|b)',
          '(?z)', 'a(?i)b', '(?', '(?#', '(?P', '(?Px)', '[[:a:]]', '\\q', '\\x1', '\\u12', '\\N{no such}', '(?i-i:a)', '(?L)a', '(?au)a', 'a{99999999999}', '(?<a', '(?-', '[a-\\d]', '(?:a|b|c)\\8']:
    try:
        print(ascii(p), re.compile(p))
    except Exception as e:
        print(ascii(p), type(e).__name__, e, getattr(e, 'pos', None), getattr(e, 'lineno', None), getattr(e, 'colno', None))
for args in [('a', 3), (3,), (None,), ('a', 'b'), (b'a', re.U), ('a', re.L), (re.compile('a'), re.I)]:
    try:
        print(re.compile(*args))
    except Exception as e:
        print(args, type(e).__name__, e)
p = re.compile('a')
for call in ('p.match()', 'p.match(1)', 'p.match("a", "b")', 'p.match("a", 0, 1, 2)', 'p.match(string="a", pos=0, endpos=1)', 'p.match("a", x=1)', 'p.sub("a")', 'p.sub("a", "b", "c")',
             'p.split()', 'p.findall(None)', 'p.match("a", 10**30)', 'p.match("aaa", -5, 2).span()', 'p.match("aaa", 2, 1)', 'p.search("ba", pos=1).span()', 'p.scanner()', 'p.groupindex.clear()',
             'p.match("a").start(1)', 'p.match("a").group(0, 9)', 'p.match("a").expand()', 'p.match("a").groups(1, 2)', 'p.match("a").groupdict(default=3)', 'p.match("a")[1]', 'p.match("a")[10**30]',
             '_sre.template(p, [])', '_sre.template(p, ["a", -1, "b"])', '_sre.template(p, 3)', '_sre.compile(1)', '_sre.compile("a", 0, (), 0, {}, ())', '_sre.compile("a", 0, [], 0, {}, ())',
             '_sre.compile("a", 0, [1], 0, {}, ())', '_sre.compile("a", 0, [-1], 0, {}, ())', '_sre.compile("a", 0, [2**32], 0, {}, ())', '_sre.compile("a", 0, [2**64], 0, {}, ())', '_sre.compile("a", 0, ["a"], 0, {}, ())',
             '_sre.compile("a", 0, [16, 97], 0, {}, ())', '_sre.compile("a", 0, [17, 3, 1], 0, {}, ())', '_sre.compile("a", 0, [15, 9, 1], 0, {}, ())', '_sre.compile("a", 0, [18, 1], 0, {}, ())',
             '_sre.compile("a", 0, [24, 5, 2, 1, 2, 1, 1], 0, {}, ())', '_sre.compile("a", 0, [24, 5, 1, 2, 2, 1, 1], 0, {}, ()).match("ab").span()', '_sre.compile("a", 0, [13, 3, 16, 0, 1], 0, {}, ())',
             '_sre.compile("a", 0, [24, 7, 1, 9, 16, 97, 16, 98, 1, 1], 0, {}, ()).match("ababa").span()', '_sre.ascii_iscased(3.5)', '_sre.unicode_tolower(0x130)', '_sre.unicode_iscased(0xfb05)', '_sre.getcodesize()'):
    try:
        print(call, '->', eval(call))
    except Exception as e:
        print(call, '->', type(e).__name__, e)
