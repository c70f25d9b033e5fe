# Dicts that hold themselves; comparison, repr, deep nesting and its end.
d = {}
d['me'] = d
print(d, d['me']['me'] is d)  # expect: {'me': {...}} True
a, b = {}, {}
a['b'] = b
b['a'] = a
print(a, b)  # expect: {'b': {'a': {...}}} {'a': {'b': {...}}}
e = {'k': [d, {'x': d}]}
print(e)  # expect: {'k': [{'me': {...}}, {'x': {'me': {...}}}]}
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
print(n)  # expect: 100000
try:
    repr(deep)
except RecursionError as err:
    print('RecursionError', err)
del deep
print('freed')  # expect: freed
d.clear()
print(d)  # expect: {}
