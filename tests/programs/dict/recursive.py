# Dicts that hold themselves; comparison, repr, deep nesting and its end.
# portable
d = {}
d['me'] = d
print(d, d['me']['me'] is d)
a, b = {}, {}
a['b'] = b
b['a'] = a
print(a, b)
e = {'k': [d, {'x': d}]}
print(e)
f = {}
f['me'] = f
try:
    print(d == f)
except RecursionError as err:
    print('RecursionError', err)
deep = {}
for i in range(100000): deep = {'k': deep}
n = 0
x = deep
while x:
    x = x['k']
    n += 1
print(n)
try:
    repr(deep)
except RecursionError as err:
    print('RecursionError', err)
del deep
print('freed')
d.clear()
print(d)
