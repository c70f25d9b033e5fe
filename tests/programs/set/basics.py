# set and frozenset: operations, methods, comparisons, errors.
s = {3, 1, 2}
t = {2, 3, 4}
print(s, s | t, s & t, s - t, s ^ t, s == {1, 2, 3}, s < t, {1} < s, s <= s, s > {1}, s >= t, s.isdisjoint({9}), s.issubset([1, 2, 3, 4]), s.issuperset((1,)), len(s), 2 in s, set(), frozenset(), frozenset([1, 2]))
print(s.union([5], (6,)), s.intersection([1, 2], [2]), s.difference([1], [2]), s.symmetric_difference([3, 9]), s.copy() is s, s.copy() == s, s.union(), s.intersection(), type(frozenset([1]) | {2}), type({2} | frozenset([1])), frozenset([1]) == {1})
u = set()
for x in (1, 2, 2, 3): u.add(x)
u.discard(9)
u.discard(1)
u.remove(2)
u.update([5, 6], {7})
print(u, u.pop() in {3, 5, 6, 7}, len(u))  # expect: {5, 6, 7} True 3
u |= {1}
u &= {1, 5, 6, 7}
u -= {7}
u ^= {1, 100}
print(sorted(u))  # expect: [5, 6, 100]
u.intersection_update([5, 100])
u.difference_update([5])
u.symmetric_difference_update([100, 1])
print(u)  # expect: {1}
u.clear()
for f in (lambda: {1}.remove(2), lambda: set().pop(), lambda: {[]}, lambda: set(5), lambda: {1} | [2], lambda: {1} & 5, lambda: {1} < [1], lambda: hash(set()), lambda: frozenset([1]).add(2), lambda: {1} + {2}, lambda: set([1])[0], lambda: set([1], [2]), lambda: {1}.update(5), lambda: {1}.union(5), lambda: [] in {1}, lambda: {1}.add([]), lambda: {1}.discard({}), lambda: {1}.issubset(5), lambda: {1}.add(), lambda: set(a=1), lambda: frozenset(x=1), lambda: {}.add(1), lambda: {1} - [1], lambda: {1}.remove([1]), lambda: {*5}):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print({1, 1.0, True}, {1.0, 1}, {'a', 'a'}, {frozenset([1]), frozenset([1])}, {frozenset()} == {frozenset()}, {1} in {frozenset([1])}, {frozenset([1]): 'x'}[frozenset([1])], {x % 3 for x in range(10)}, {*range(3), *[7]})
try:
    {frozenset([2])}.remove({3})
except KeyError as e:
    print('KeyError', e)
print(hash(frozenset()), hash(frozenset([1, 2, 3])), hash(frozenset(range(100))), hash(frozenset([frozenset([1]), 5])), hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
f = frozenset('ab')
print(frozenset(f) is f, f.copy() is f, f | set() == f, f & f is f, frozenset(x for x in ()) is frozenset(), sorted(f), sorted(f ^ {'a', 'z'}), bool(set()), bool({0}))
class S(set): pass
x = S([1])
x.attr = 1
print(x, S([3]) | {4}, type(S([3]) | {4}), type(x.copy()), x == {1}, repr(S()), x.attr)
class F(frozenset):
    def __repr__(self): return 'F!'
print(F([1]), [F()], type(F([1]) | F([2])), F([1]) == frozenset([1]), frozenset(F([1])))
print(set('hello') == set('olleh'), sorted(set('hello')), {1, 2}.__contains__(1), {1}.__or__(5), {1}.__eq__(5), {1}.__sub__([1]), {1}.__len__(), set.__name__)
r = frozenset([1])
l = [r]
print(l, {r}, {1: {2}}, (set(),), f'{set()} {frozenset()}', str({1}), {None}, {()}, {'é'})
