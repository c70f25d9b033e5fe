# Sizes of sets and frozensets from 0 to 2000 items, by every operation that makes or changes one.
import sys
s = sys.getsizeof

def steps(name, sizes):
    out, last = [], None
    for n, size in sizes:
        if size != last:
            out.append('%d:%d' % (n, size))
            last = size
    print(name, len(out), ' '.join(out))

def by(change, start=(), count=2000):
    x = set(start)
    yield len(x), s(x)
    for i in range(count):
        change(x, i)
        yield len(x), s(x)

steps('add', by(lambda x, i: x.add(i)))
steps('add str', by(lambda x, i: x.add('k%d' % i)))
steps('update', by(lambda x, i: x.update((i, -i)), count=900))
steps('update set', by(lambda x, i: x.update({i, -i}), count=900))
steps('update dict', by(lambda x, i: x.update({i: 1, -i: 2}), count=500))
steps('|=', by(lambda x, i: x.__ior__({i}), count=500))
steps('^=', by(lambda x, i: x.__ixor__({i, i + 3}), count=500))
steps('&=', by(lambda x, i: x.__iand__(set(range(1000 - i))), start=range(1000), count=500))
steps('-=', by(lambda x, i: x.__isub__({i}), start=range(700), count=700))
steps('discard', by(lambda x, i: x.discard(i), start=range(700), count=700))
steps('remove', by(lambda x, i: x.remove(i), start=range(700), count=700))
steps('pop', by(lambda x, i: x.pop(), start=range(700), count=700))
steps('discard half, add', by(lambda x, i: x.discard(i) if i < 350 else x.add(-i), start=range(700), count=900))
def churn(x, i):
    x.add(i)
    x.discard(i - 4)
steps('churn', ((i, size) for i, (n, size) in enumerate(by(churn, count=500))))
for t in (set, frozenset):
    n = t.__name__
    steps(n + ' range', ((i, s(t(range(i)))) for i in range(0, 700)))
    steps(n + ' list', ((i, s(t([str(j) for j in range(i)]))) for i in range(0, 300)))
    steps(n + ' generator', ((i, s(t(j for j in range(i)))) for i in range(0, 300)))
    steps(n + ' set', ((i, s(t(set(range(i))))) for i in range(0, 300)))
    steps(n + ' dict', ((i, s(t(dict.fromkeys(range(i))))) for i in range(0, 300)))
    steps(n + ' copy', ((i, s(t(range(i)).copy())) for i in range(0, 300)))
    steps(n + ' |', ((i, s(t(range(i)) | t(range(-5, 0)))) for i in range(0, 300)))
    steps(n + ' &', ((i, s(t(range(i)) & t(range(100, 900)))) for i in range(0, 500)))
    steps(n + ' -', ((i, s(t(range(i)) - t(range(100)))) for i in range(0, 500)))
    steps(n + ' - dict', ((i, s(t(range(i)).difference(dict.fromkeys(range(50))))) for i in range(0, 200)))
    steps(n + ' ^', ((i, s(t(range(i)) ^ t(range(100)))) for i in range(0, 500)))
    steps(n + ' union', ((i, s(t().union(range(i), range(i, 2 * i)))) for i in range(0, 200)))
    steps(n + ' intersection', ((i, s(t(range(i)).intersection(range(i // 2)))) for i in range(0, 200)))
def sparse(n):
    x = set(range(n))
    for i in range(0, n, 3): x.discard(i)
    return x
steps('copy sparse', ((n, s(sparse(n).copy())) for n in range(0, 400, 5)))
steps('union sparse', ((n, s(sparse(n) | {-1})) for n in range(0, 400, 5)))
steps('comprehension', ((n, s({i for i in range(n)})) for n in range(0, 300)))
steps('display', [(0, s(set())), (1, s({1})), (4, s({1, 2, 3, 4})), (5, s({1, 2, 3, 4, 5})), (6, s({*range(6)}))])
x = set(range(1000)); x.clear(); print(s(x)); x.add(1); print(s(x))
x = set(range(1000)); x &= set(); print(s(x))
x = set(range(1000)); x.intersection_update([1, 2]); print(s(x))
x = set(range(1000)); x.difference_update(range(999)); print(s(x))
x = set(range(1000)); x.symmetric_difference_update(range(999)); print(s(x))
print(s(iter({1})), s(frozenset()), s(frozenset({1, 2})))
class S(set): pass
class F(frozenset): pass
print(s(S()), s(S(range(10))), s(F()), s(F(range(10))))
