from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

appended = []
for i in range(100):
    appended.append(float(i))
popped = list(range(1000, 1100))
while len(popped) > 20: popped.pop()
inserted = ['z']
for i in range(9): inserted.insert(0, [i])
extended = [1.5]; extended += [2.5, 3.5]; extended.extend(x * 2 for x in (1.25, 2.25))
sliced = appended[10:30:3]
deleted = list(appended); del deleted[::2]
assigned = list(range(500, 510)); assigned[2:4] = ['a', 'b', 'c', 'd', 'e']
multiplied = [[0]] * 5
cleared = [1, 2]; cleared.clear()
reversed_list = list(reversed(extended))
ordered = sorted(['pear', 'fig', 'apple'], key=len)
comprehended = [[x, y] for x in range(3) for y in 'ab']
iterators = [iter(appended), reversed(appended), iter('abc'), iter((1, 2)), iter(b'ab')]
for it in iterators: next(it)
read(0, 1)
