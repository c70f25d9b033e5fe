# string, textwrap, codecs, reprlib, fnmatch, shlex, difflib, pprint: text tools over re and _codecs.
import codecs
import difflib
import fnmatch
import pprint
import shlex
import string
import textwrap

print(string.Template('$who likes ${what} $$5').substitute(who='tim', what='kung pao'))
try:
    string.Template('$x $').substitute(x=1)
except ValueError as e:
    print(e)
print(string.Template('$a $b').safe_substitute(a=1), string.Template('$a ${b} $$').get_identifiers())
f = string.Formatter()
print(f.format('{0} {1[x]} {k.real!r:>5} {{}}', 1, {'x': 2}, k=3), list(f.parse('a{b.c[0]!r:>{w}}d')), f.get_field('0.real', (5,), {}))
print(string.capwords('hello  big world'), string.ascii_letters, string.punctuation)
text = 'The quick brown fox, jumping over the lazy dog; again and-again. ' * 3
print(textwrap.fill(text, 40), textwrap.wrap('a b c', 3), textwrap.shorten(text, 30), sep='\n')
print(textwrap.dedent('    a\n      b\n\n    c\n'), textwrap.indent('a\n\nb\n', '> '), textwrap.fill('aaaaaaaaaa bb', 4), sep='|')
print(codecs.lookup('utf-8').name, codecs.lookup('latin1').name, codecs.encode('abc', 'rot13'), codecs.decode(b'\xe9', 'cp1252'))
print('ж€'.encode('cp1251'), b'\xe6'.decode('koi8-r'), codecs.escape_decode(rb'\x41\n\101\q'), codecs.escape_encode(b"a'\n\xff"))
for name in 'strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'namereplace', 'surrogateescape', 'surrogatepass':
    h = codecs.lookup_error(name)
    for e in UnicodeEncodeError('ascii', 'aж\udc80', 1, 2, 'why'), UnicodeDecodeError('utf-8', b'a\xff', 1, 2, 'why'):
        try:
            print(name, h(e))
        except Exception as x:
            print(name, type(x).__name__, x)
codecs.register_error('mine', lambda e: ('<%d>' % e.start, e.end))
print('aжb'.encode('ascii', 'mine'), b'a\xffb'.decode('ascii', 'mine'), 'ж'.encode('cp1252', 'mine'))
d = codecs.getincrementaldecoder('utf-8')()
print([d.decode(bytes([b])) for b in 'aж€'.encode()], codecs.getincrementaldecoder('utf-16')().decode(b'\xff\xfea'))
print(codecs.utf_8_decode(b'a\xe2\x82', 'strict', False), codecs.utf_16_ex_decode(b'\xff\xfea\0', 'strict', 0, True), codecs.charmap_build('abc'))
try:
    codecs.lookup('nope')
except LookupError as e:
    print(e)
try:
    codecs.charmap_encode('aж', 'strict', {97: 1})
except UnicodeEncodeError as e:
    print(e)
print(fnmatch.filter(['a.py', 'b.txt', 'c.pyc'], '*.py*'), fnmatch.translate('a[!b]?*'))
print(shlex.split('a "b c" d\\ e \'f\''), shlex.quote("it's"))
print('\n'.join(difflib.unified_diff(['a', 'b', 'c'], ['a', 'x', 'c'], lineterm='')), difflib.get_close_matches('appel', ['ape', 'apple', 'peach']))
pprint.pprint({'a': list(range(30)), 'b': {'x': 'y' * 60, 'z': ('w' * 30, 1)}}, width=60)
