# getsizeof of sets as they grow and shrink, and of frozensets.
import sys
s = set()
out = []
last = 0
for i in range(700):
    if sys.getsizeof(s) != last:
        last = sys.getsizeof(s)
        out.append((len(s), last))
    s.add(i)
print(out)  # expect: [(0, 216), (5, 728), (19, 2264), (77, 8408), (307, 32984)]
for i in range(690): s.remove(i)
print(len(s), sys.getsizeof(s), sys.getsizeof(s.copy()))  # expect: 10 32984 728
s.add(1000)
s.add(1001)
print(sys.getsizeof(s))  # expect: 32984
s.clear()
print(sys.getsizeof(s))  # expect: 216
print([sys.getsizeof(x) for x in (set(), {1}, {1, 2, 3, 4}, {1, 2, 3, 4, 5}, set(range(5)), set(range(19)), set(range(20)), frozenset(), frozenset(range(5)), frozenset('abcdefgh'), set('abcd'), set(list(range(100))), set({i: 0 for i in range(100)}), set(set(range(100))), {i for i in range(100)})])
a = set(range(30))
b = set(range(15, 60))
print([sys.getsizeof(x) for x in (a | b, a & b, a - b, a ^ b, b - a)])  # expect: [4312, 728, 728, 2264, 2264]
a.update(b)
print(sys.getsizeof(a))  # expect: 2264
a &= {1, 2}
print(sys.getsizeof(a), a)  # expect: 216 {1, 2}
t = set(range(100))
for i in range(95): t.discard(i)
t.add(3)
print(sys.getsizeof(t), len(t))  # expect: 8408 6
t = set(t)
print(sys.getsizeof(t))  # expect: 472
