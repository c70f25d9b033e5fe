# % formatting of strings: conversions, flags, mapping keys, errors.
# portable
print('%s %r %a %d %i %u %x %X %o %c %c %e %f %g %%' % ('s', 'r', 'é', 1, 2.9, 3, 255, 255, 8, 'A', 66, 1.5, 2.5, 3.5))
print('[%5d] [%-5d] [%05d] [%+d] [% d] [%5.3d] [%#x] [%#o] [%#X] [%.0f] [%x] [%5s] [%-5s] [%.2s] [%5.1s]' % (42, 42, 42, 42, 42, 7, 255, 8, 255, 2.5, -255, 'ab', 'ab', 'abcdef', 'xyz'))
print('%(a)s %(b)d %(a)r %(c d)s' % {'a': 'x', 'b': 5, 'c d': 1}, '%(a(b))s' % {'a(b)': 1}, '%*d|%-*d|%.*f' % (5, 42, 5, 42, 2, 3.14159))
print('%s' % (1,), '%s %s' % (1, (2, 3)), '%s' % [1, 2], '%s' % {'a': 1}, '%s' % None, 'no args' % (), 'x' % {}, 'x' % [], '%d' % True, '%d' % 10**30, '%x' % 2**100, '%5%|' % () if False else '')
for f in (lambda: '%d' % 'a', lambda: '%d %d' % 1, lambda: '%d' % (1, 2), lambda: '%s' % (), lambda: '%z' % 1, lambda: '%' % 1, lambda: '%(a)s' % 1, lambda: '%(a)s' % {}, lambda: '%(a' % {}, lambda: '%c' % 'ab', lambda: '%c' % -1, lambda: '%c' % 0x110000, lambda: '%x' % 1.5, lambda: '%*d' % ('a', 1),
          lambda: '%d' % None, lambda: '%f' % 'x', lambda: '%i' % 1j, lambda: 'x' % 1, lambda: '%c' % 1.5, lambda: '%.99999999999d' % 1, lambda: '%o' % 'x', lambda: '%s %(a)s' % {'a': 1}, lambda: '%d' % float('nan')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class I:
    def __index__(self): return 7
    def __int__(self): return 8
    def __float__(self): return 9.5
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
print('%d %x %f %s %r %a' % (I(), I(), I(), I(), I(), I()), '%c' % I() == '\x07')
print('é%s€' % 'ü', '%s' % '😀', '%-6s|%6s' % ('é', '€'), '%.3s' % 'é€😀x', '%ld %hd %Ld' % (1, 2, 3))
s = 'a=%d'
s %= 5
print(s, '%s%%' % 50, '%r' % ('t',), '%+.3e' % 12345.678, '%G' % 1e-10, '%#.3g' % 1.0, '%06.2f' % -1.5, '%+05d' % 3, '%-+5d|' % 3, '%- 5d|' % 3)
