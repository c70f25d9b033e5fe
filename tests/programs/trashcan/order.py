# Order of finalizers down a deep chain and in a wide tree.
log = []
class N:
    def __init__(self, i, kids=()): self.i, self.kids = i, list(kids)
    def __del__(self): log.append(self.i)
a = N(3)
b = N(2, [a])
c = N(1, [b])
del a, b
del c
print(log)
log.clear()
t = N('root', [N('l', [N('ll'), N('lr')]), N('r', [N('rl')])])
del t
print(log)
log.clear()
class C:
    def __init__(self, i, n): self.i, self.next = i, n
    def __del__(self): log.append(self.i)
x = None
for i in range(200): x = C(i, x)
del x
print(log == sorted(log, reverse=True), log[:5], log[-5:], len(log))
log.clear()
x = None
for i in range(120): x = [C(i, None), x]
del x
print(log[:5], log[-5:], len(log))
log.clear()
x = None
for i in range(120): x = [x, C(i, None)]
del x
print(log[:5], log[-5:], len(log))
