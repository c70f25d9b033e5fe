# sub with functions, templates and escapes; what is held while a function runs.
import re
import sys

text = 'one two  three'
held = []


def f(m):
    held.append(m)
    return m[0].upper()


print(re.sub(r'\w+', f, text), re.subn(r'\w+', f, text, count=2))
print(len(held), held[0], held[-1].string is text)
held.clear()
data = b'x1y22' + bytes(3)


def count(m):
    print(sys.getrefcount(m), m.span(), sys.getrefcount(m.string) > 3)
    return b'<%d>' % len(m[0])


print(re.sub(rb'\d+', count, data))
print(re.sub('x', lambda m: None, 'axb'), re.sub('', '-', 'abc'), re.sub('b*', '-', 'abc'))
print(re.sub('(a)(?P<n>b)?', r'[\1\g<n>\g<0>\\\n]', 'aab'))
print(re.sub(b'(a)(b)', rb'\2\1', bytearray(b'abab')), re.sub('a', 'b', 'ccc'))
for repl in r'\2', r'\g<x>', r'\g<', '\\', r'\q', r'\g<1':
    try:
        re.sub('(a)', repl, 'a')
    except (re.error, IndexError) as e:
        print(type(e).__name__, e)


def failing(m):
    if m[0] == 'two':
        raise ValueError('no ' + m[0])
    return ''


try:
    re.sub(r'\w+', failing, text)
except ValueError as e:
    print(e)


def nested(m):
    return re.sub('o', lambda k: m[0][:1] + k[0], m[0])


print(re.sub(r'\w+', nested, text))
try:
    re.sub('a', lambda m: 3, 'a')
except TypeError as e:
    print(e)
for a, b in ('a', b'a'), (b'a', 'a'), ('a', 3), ('a', None):
    try:
        re.match(a, b)
    except TypeError as e:
        print(e)
print(re.match('ab', 'ab').expand(r'\g<0>-\n'), re.match('(a)|b', 'b').expand(r'<\1>'))
print(re.sub('a', bytearray(b'x').decode(), 'a'), re.sub(b'a', bytearray(b'x\\\\'), b'bab'))


class S(str):
    pass


print(re.sub('a', S('<\\g<0>>'), S('bab')), type(re.sub('z', 'y', S('bab'))), type(re.match('.', S('ab'))[0]))
s = S('whole')
print(re.match('.*', s)[0] is s, re.match('.*', 'whole')[0])
it = re.finditer(r'(\w)(\d)?', 'a1bc2')
print(type(it), next(it), next(it).groups(), [m.span() for m in it])
print(re.split(r'(,)|;', 'a,b;c', maxsplit=1), re.split(r'\b', 'a b'), re.split('x*', 'axbc'))
m = memoryview(b'abcabc')
print(re.findall(b'bc?', m), re.search(b'c', m, ).span(), re.compile(b'c').search(m, 3, 5), re.compile(b'.').match(m, 2, 3))
b = bytearray(b'abcd')
k = re.match(b'..', b)
del b[:]
print(k[0], k.span())
sc = re.compile('(a)|b').scanner('abx')
print(sc.match(), sc.match(), sc.match(), sc.match(), sc.search())
