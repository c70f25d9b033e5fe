# format() and % of floats.
# portable
for v in (0.0, -0.0, 1.5, 1234567.891, 1e-7, 1e20, 123456789.0, -3.14159, 0.000012345, 999999.5, 1e100, 2.5, 0.5):
    print([format(v, s) for s in ('', 'f', '.2f', 'e', '.3e', 'g', '.3g', 'G', '%', '.1%', 'n')])
    print([format(v, s) for s in ('10.3f', '<12.2f', '+.1f', ' .1f', '010.2f', ',.2f', '_.2f', '#.0f', '.0f', '#g', 'z.1f', '=+12.3f', '*^14.2e', '.10', '10')] if v == v else '')
for v in (float('inf'), float('-inf'), float('nan')):
    print([format(v, s) for s in ('', 'f', 'F', 'e', 'G', '010f', '+f', '>8', '%', ',.2f')])
print('%f %e %g %F %E %G %.3f %10.2f|%-10.2f|%+.1f|% .1f|%010.3f|%#.0f|%.0f' % ((3.14159,) * 14))
print('%s %r %d %i %x' % (1.5, 1.5, 1.9, -1.9, 255), '%.10g' % 0.1, '%.20f' % 0.1, '%.50g' % 0.1, '%5.1f%%' % 99.55)
print(format(0.1, '.20f'), format(0.1, '.30e'), format(1e22, '.5f'), format(1.7976931348623157e308, '.3e'), format(5e-324, '.10e'))
print(format(12345.678, ',.1f'), format(1e15, ','), format(1e16, ','), format(1234.5, '012,.2f'), format(1234567.0, '020_.1f'))
for s in ('d', 'x', 's', '.', ',,', 'c', 'b', '.2d', '10.3q'):
    try:
        print(format(1.5, s))
    except ValueError as e:
        print(e)
print(f'{3.14159:.2f} {2.0:g} {1e10:g} {1e5:.0f} {0.1 + 0.2:.17g} {1.0:} {1.25:.1f} {1.35:.1f} {-0.001:.1f} {-0.001:z.1f}')
