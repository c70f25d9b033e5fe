# str, repr, hex, oct, bin and format of integers of any size.
# portable
for n in (0, 9, 10, -10, 99999999, 2**30, 2**60, -2**63, 10**18, 10**19, 10**40 - 1):
    print(str(n), hex(n), oct(n), bin(n))
print(str(3**500))
print(len(str(2**10000)), str(2**10000)[:20], str(2**10000)[-20:])
print(hex(16**50 - 1), oct(8**30), bin(-(2**65)))
for spec in ('d', 'b', 'o', 'x', 'X', '#x', '#X', '#b', '#o', 'c', 'n', ',', '_', '_x', '_b', '+', ' ', '-', '010', '<10', '>10', '^10', '=+10',
             '*^12,d', '#010x', '#_x', 'e', '.2f', 'g', '%', 'E', '.3%', '020,', '+,d'):
    print(repr(spec), '[' + format(1234, spec) + ']', '[' + format(65, spec) + ']')
for spec in ('s', '.3d', ',x', 'q', '#c', '+c', ',c', '10.', 'xx', ',_', '_,'):
    try:
        print(format(-65 if spec != '#c' else 65, spec))
    except Exception as e:
        print(type(e).__name__, e)
print(format(-1234567, ',d'), format(-255, '#x'), format(255, '08b'), format(True, 'd'), format(10**30, ',d'), format(10**25, 'e'))
try:
    format(2**21, 'c')
except OverflowError as e:
    print(e)
