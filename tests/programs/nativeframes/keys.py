# Key functions: sorted, list.sort, min and max wait for Python code, with what they own.
import sys

calls = []


def slow(x):
    total = 0
    for i in range(20):
        total += i * x
    calls.append(x)
    print('inside', len(calls), total, flush=True)
    return -x


print(sorted(range(10), key=slow))
print(min([3, 1, 2], key=slow), max([3, 1, 2], key=slow), max(4, 9, key=slow))
words = ['pear', 'fig', 'apple', 'kiwi'] * 3
words.sort(key=lambda w: (len(w), w), reverse=True)
print(words)
many = list(range(300))
many.sort(key=lambda x: (x * 7919) % 300)
print(many[:10], many[-5:])


class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __repr__(self):
        return f'Item({self.n})'


items = [Item(n) for n in (3, 1, 2)]
print(sorted(items), sorted(items, key=lambda i: i), min(items), max(items))
print([sys.getrefcount(i) for i in items])


def fails(x):
    if x == 2:
        raise ValueError(x)
    return x


row = [0, 1, 2, 3]
for what in (row, list(range(200))):
    try:
        what.sort(key=fails)
    except ValueError as e:
        print('failed', e, len(what), what[:4])
try:
    row.sort(key=lambda x: row.append(x))
except ValueError as e:
    print(e, row)
print(sorted((x * x % 7 for x in range(8)), key=lambda x: x % 3))


def grows(x):
    return sorted([x], key=grows)


try:
    grows(1)
except RecursionError as e:
    print(e)
