# The whole module: statistics and differences with their text, tracebacks in both orders, filters, pickled snapshots.
import fnmatch
import pickle
import tracemalloc

tracemalloc.start(5)


def leaf(n):
    return [bytes(200 + i) for i in range(n)]


def branch(n):
    return leaf(n)


one = tracemalloc.take_snapshot()
kept = branch(5)
more = leaf(7)
two = tracemalloc.take_snapshot()
mine = [tracemalloc.Filter(True, __file__)]
one, two = one.filter_traces(mine), two.filter_traces(mine)
assert one.traceback_limit == two.traceback_limit == 5


def hide(x):
    return str(x).replace(__file__, 'FILE')


for s in two.statistics('lineno'):
    if s.size > 1000:
        print(hide(s), '|', s.size, s.count, hide(s.traceback), repr(s.traceback[0]).count('lineno=') or hide(repr(s.traceback[0])))
for s in two.compare_to(one, 'lineno'):
    if s.size_diff > 1000:
        print(hide(s), '|', s.size, s.size_diff, s.count, s.count_diff)
for s in one.compare_to(two, 'lineno'):
    if s.size_diff < -1000:
        print(hide(s))
for s in two.statistics('traceback')[:2]:
    t = s.traceback
    print(len(t), t.total_nframe, hide(t), t == t, t < s.traceback, t[0] > t[-1], hash(t) == hash(t))
    print('\n'.join(t.format()).replace(__file__, 'FILE'))
    print('\n'.join(t.format(limit=1)).replace(__file__, 'FILE'))
    print('\n'.join(t.format(limit=-1, most_recent_first=True)).replace(__file__, 'FILE'))
for s in two.statistics('lineno', True):
    if s.size > 1000:
        print(hide(s))
same = pickle.loads(pickle.dumps(two))
print(len(same.traces) == len(two.traces), same.traceback_limit, same.traces[0] == two.traces[0], same.statistics('filename') == two.statistics('filename'))
for key in 'x', 'traceback':
    try:
        two.statistics(key, cumulative=True)
    except ValueError as e:
        print(e)
try:
    two.filter_traces(3)
except TypeError as e:
    print(e)
f = tracemalloc.Filter(False, 'a*.py', lineno=3, all_frames=True, domain=2)
print(f.inclusive, f.filename_pattern, f.lineno, f.all_frames, f.domain)
big = [t for t in two.traces if t.size == 33 + 200]
print(len(big), hide(big[0]), big[0].domain, hide(big[0].traceback))
inside = two.filter_traces((tracemalloc.Filter(True, __file__, lineno=14, all_frames=True),))
print(len(inside.traces), len(two.filter_traces((tracemalloc.Filter(False, fnmatch.translate('*')),)).traces) == len(two.traces))
print(len(two.filter_traces((tracemalloc.Filter(False, __file__, lineno=10),)).traces) < len(two.traces))
group = tracemalloc.StatisticDiff(big[0].traceback, 10, -5, 2, 0), tracemalloc.Statistic(big[0].traceback, 2048, 2)
print([hide(g) for g in group], group[1] == tracemalloc.Statistic(big[0].traceback, 2048, 2), hide(repr(group[1])))
print(tracemalloc._format_size(10 * 1024 * 1024, True), tracemalloc._format_size(-500, True), tracemalloc._format_size(10**15, False))
tracemalloc.stop()
print(tracemalloc.get_object_traceback(kept), tracemalloc.is_tracing())
