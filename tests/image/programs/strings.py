from posix import read
import gc, sys
cached = 'utf8 \xfc cached'
compile('1', cached, 'exec')
gc.collect(); gc.freeze(); gc.collect()
del gc

ascii_text = ''.join(['plain', ' ', 'ascii'])
latin = 'caf\xe9 ' + 'latin'
wide = 'wide \u0416\u4e2d'
wider = 'wider \U0001f40d'
one_ascii = 'abc'[1]
one_latin = 'caf\xe9'[3]
one_wide = wide[5]
sliced = wider[2:]
grown = ''
for i in range(50):
    grown += 'piece '
repeated = 'ab' * 100
joined = ', '.join(str(i * 7) for i in range(300, 320))
encoded = wide.encode()
decoded = encoded.decode()
interned = sys.intern(''.join(['interned', ' by hand']))
names = {'%s%d' % ('name', i): i for i in range(5)}
lines = 'one\ntwo\nthree'.splitlines()
words = 'a bc def ghij'.split()
formatted = f'{1.5:>10} and {[1, 2]!r}'
upper = ascii_text.upper()
empty = ascii_text[:0]
read(0, 1)
