# Lists that contain themselves: repr, compare, copy, clear; very deep nesting.
L = [1]
L.append(L)
print(L, L[1] is L, L[1][1][1][0], L == L, L in L, L.index(L), L.count(L))  # expect: [1, [...]] True 1 True True 1 1
M = [1]
M.append(M)
try:
    print(L == M)
except RecursionError as e:
    print(type(e).__name__)
a, b = [], []
a.append(b)
b.append(a)
print(a, b)  # expect: [[[...]]] [[[...]]]
d = {'l': []}
d['l'].append(d)
print(d)  # expect: {'l': [{...}]}
L.remove(L)
print(L)  # expect: [1]
deep = []
for i in range(100000):
    deep = [deep]
n = 0
x = deep
while x:
    x = x[0]
    n += 1
print(n)  # expect: 100000
del deep, x
print('freed')  # expect: freed
deep = []
for i in range(100000):
    deep = [deep]
for f in (repr, str, lambda v: v == [v[0]] and v[0] == [v[0][0]] and [v] == [[v[0]]], lambda v: sorted([[v], [v]])):
    try:
        f(deep)
        print('fine')
    except RecursionError as e:
        print('RecursionError', e)
