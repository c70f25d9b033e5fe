# Indexing and slicing with every kind of step.
# portable
s = 'abcdefghij'
print(s[0], s[-1], s[3], s[-10], s[2:5], s[:3], s[7:], s[:], s[::2], s[1::2], s[::-1], s[::-3], s[8:2:-2], s[-3:], s[:-3], s[-5:-2])
print(s[5:2], s[100:], s[:100], s[-100:3], s[3:3], s[::100], s[::-100], s[9:0:-1], s[9::-1], s[None:None:None], s[True], s[2:8:3])
for i in (10, -11, 100):
    try:
        s[i]
    except IndexError as e:
        print(e)
for f in (lambda: s['a'], lambda: s[1.5], lambda: s[::0], lambda: s[1, 2], lambda: ''[0]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
u = 'aé€😀z'
print(u[1], u[2], u[3], u[-2], u[::-1], u[1:3], u[3:], len(u[3]), [ord(c) for c in u], list(u), u[::2])
try:
    s[0] = 'x'
except TypeError as e:
    print(e)
try:
    del s[0]
except TypeError as e:
    print(e)
print(s[slice(2, 9, 3)], s.__getitem__(slice(None, None, -2)), 'abc'.__getitem__(1), ''[:], ''[::-1], 'x'[::-1])
print([s[i:j:k] for i in (None, 2, -2) for j in (None, 5, -1) for k in (1, 2, -1)])
it = iter('añ😀')
print(next(it), it.__length_hint__(), next(it), next(it), list(it), it.__length_hint__())  # expect: a 2 ñ 😀 [] 0
a, *b, c = 'hello'
print(a, b, c, 'ell' in s, 'def' in s, '' in s, 'a' not in s)  # expect: h ['e', 'l', 'l'] o False True True False
try:
    1 in s
except TypeError as e:
    print(e)
