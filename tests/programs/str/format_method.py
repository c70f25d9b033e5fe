# str.format and format_map: fields, nesting, conversions, auto-numbering, errors.
# portable
class P:
    def __init__(self, x): self.x = x
    def __format__(self, spec): return f'P<{self.x}:{spec}>'
    def __getitem__(self, k): return f'item {k!r}'
print('{} {}'.format(1, 'a'), '{1} {0} {1}'.format('a', 'b'), '{x} {y!r}'.format(x=1, y='q'), '{{}} {{{}}}'.format(5), '{0:>5}|{0:<5}|{0:^5}|{0:*^7}'.format('ab'), '{:{}}'.format('a', 5) + '|', '{:{w}.{p}f}'.format(3.14159, w=8, p=2))
print('{0.x} {0[k]} {0[3]} {0[a.b]} {0:spec} {0!s:.3}'.format(P(1))[:60].split(' <')[0], '{a[0]} {a[1][k]} {b.real}'.format(a=[1, {'k': 2}], b=5), '{!r:>6}|{!s:^5}|{!a}'.format('a', 'b', 'é'))
for f in (lambda: '{'.format(), lambda: '}'.format(), lambda: '{}'.format(), lambda: '{1}'.format(0), lambda: '{x}'.format(), lambda: '{} {0}'.format(1), lambda: '{0} {}'.format(1), lambda: '{!z}'.format(1), lambda: '{!}'.format(1), lambda: '{0.}'.format(1),
          lambda: '{0[}'.format(1), lambda: '{0[]}'.format([1]), lambda: '{0.foo}'.format(1), lambda: '{0[a]}'.format([1]), lambda: '{:d}'.format('a'), lambda: '{:{}{}}'.format(1, 2), lambda: '{0[0}'.format([1]), lambda: '{a b}'.format(1), lambda: '{:x}'.format(1.5), lambda: '{!r'.format(1), lambda: '{:{:{}}}'.format(1, 2, 3), lambda: '{0[9]}'.format([1]),
          lambda: '{:5}'.format(None), lambda: '{:5}'.format([1]), lambda: '{:<<<}'.format(1), lambda: '{:10}'.format(object())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class D(dict):
    def __missing__(self, k): return '<' + k + '>'
print('{a} {b}'.format_map({'a': 1, 'b': 2}), '{a} {zz}'.format_map(D(a=1)))  # expect: 1 2 1 <zz>
print(format('abc', '>6') + '|' + format('abc', '.2') + '|' + format('abc', '-^9.2s') + '|' + format('é', '€>3') + '|' + format('', '3') + '|' + format('abc', '06'))
for s in ('d', '+', '=5', ',', '#', ' ', '5.3d', '.'):
    try:
        print(format('abc', s))
    except ValueError as e:
        print(e)
print('{:%Y}'.format(P(2)), '{:}'.format(P(3)), f'{P(4):a{1 + 1}b}', '{0!r:5}'.format(P).startswith('<class'), '{:,} {:_} {:e} {:%}'.format(1234567, 1234567, 1234.5, 0.25), '{:c}{:b}{:o}{:#x}'.format(65, 5, 8, 255), '{:+} {: } {:-}'.format(5, 5, 5), '{:>+8.2f}|{:=+8d}|{:08.3f}'.format(3.14159, 42, -2.5))
