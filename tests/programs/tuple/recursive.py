# Tuples that contain themselves through a list; deep nesting; comparison of nested ones.
L = []
t = (1, L)
L.append(t)
print(t, L)  # expect: (1, [(...)]) [(1, [...])]
u = ([],)
u[0].append(u)
print(u, u == u, u in u[0])  # expect: ([(...)],) True True
L2 = []
t2 = (1, L2)
L2.append(t2)
try:
    print(t == t2)
except RecursionError as e:
    print('RecursionError', e)
d = ()
for i in range(500):
    d = (d,)
print(len(repr(d)), d == d, len(d))  # expect: 1502 True 1
try:
    t[1] += [5]
except TypeError as e:
    print(e, len(L))
n = 0
x = d
while x:
    x = x[0]
    n += 1
print(n)  # expect: 500
