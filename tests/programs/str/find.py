# find, index, rfind, rindex, count, startswith, endswith, in.
# portable
s = 'the cat sat on the mat'
print(s.find('at'), s.rfind('at'), s.find('at', 6), s.find('at', 6, 9), s.rfind('at', 0, 10), s.find('zzz'), s.find(''), s.rfind(''), s.find('', 100), s.find('', 22), s.find('t', -1))
print(s.index('sat'), s.rindex('the'), s.count('at'), s.count('a', 5, 12), s.count(''), ''.count(''), 'aaaa'.count('aa'), s.count('t', -3), 'abc'.count('', 3), 'abc'.count('', 4))
for f in (lambda: s.index('dog'), lambda: s.rindex('dog'), lambda: s.find(1), lambda: s.find(), lambda: s.count(None), lambda: s.startswith(1), lambda: s.startswith(('a', 1)), lambda: s.find('a', 'b'), lambda: s.find(b'x')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(s.startswith('the'), s.startswith(('x', 'th')), s.startswith('cat', 4), s.startswith('cat', 4, 6), s.endswith('mat'), s.endswith(('a', 'at')), s.endswith('', 100), s.startswith(''), s.startswith((),), s.endswith('sat', 0, 11))
u = 'naïve café €5 😀 café'
print(u.find('café'), u.rfind('café'), u.find('😀'), u.find('€'), u.count('é'), u.find('x😀'), 'abc'.find('€'), '€' in u, '😁' in u, u.index('5'))
big = 'ab' * 5000 + 'c' + 'ab' * 5000
print(big.find('c'), big.rfind('c'), big.find('bca'), big.count('ab'), big.find('abac'), big.find('ba' * 300 + 'c'), big.find('ab' * 5001))
print(('a' * 1000 + 'b').find('a' * 500 + 'b'), ('a' * 1000).find('a' * 500 + 'b'), ('x' * 3000).rfind('xxy'))
print(s.partition(' '), s.rpartition(' '), s.partition('zz'), s.rpartition('zz'), 'a=b=c'.partition('='), 'a=b=c'.rpartition('='))
try:
    s.partition('')
except ValueError as e:
    print(e)
print(s.removeprefix('the '), s.removesuffix('mat'), s.removeprefix('x'), 'aaa'.removeprefix('aa'), ''.removesuffix('x'))
