# Allocation churn: many sizes allocated and freed in patterns; contents stay intact.
x = 42
def rnd(n):
    global x
    x = (x * 1103515245 + 12345) & 0x7fffffff
    return x % n
slots = [None] * 200
check = [None] * 200
for step in range(20000):
    i = rnd(200)
    k = rnd(8)
    if slots[i] is not None:
        assert slots[i] == check[i], (i, step)
    n = rnd(600)
    if k == 0: v = 'x' * n
    elif k == 1: v = bytes(n)
    elif k == 2: v = [n] * (n // 8)
    elif k == 3: v = {j: j for j in range(n // 20)}
    elif k == 4: v = tuple(range(n // 8))
    elif k == 5: v = 7 ** n
    elif k == 6: v = set(range(n // 10))
    else: v = bytearray(n)
    slots[i] = v
    check[i] = type(v)(v) if k not in (1,) else bytes(n)
print(x, sum(len(s) for s in slots if hasattr(s, '__len__')))
import gc
print(gc.collect(), len([s for s in slots if s is None]))
big = [bytearray(1000 * i) for i in range(50)]
del big[::2]
big += [bytearray(777 * i) for i in range(50)]
print(sum(map(len, big)))
grow = []
for i in range(20000): grow.append(str(i))
print(len(''.join(grow)), grow[12345])
while len(grow) > 10: grow.pop()
print(grow)
s = ''
for i in range(3000): s += chr(97 + i % 26)
print(len(s), s[2990:])
