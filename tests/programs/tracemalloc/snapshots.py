# tracemalloc as programs use it: snapshots, statistics by line, file and traceback, comparison, filters, peaks.
import sys
import linecache
import tracemalloc
import gc

tracemalloc.start(10)
gc.collect()
def make(n):
    return [bytes(1000) for i in range(n)]
first = tracemalloc.take_snapshot()
a = make(10)
b = make(20)
c = {i: str(i) * 100 for i in range(50)}
second = tracemalloc.take_snapshot()
me = [tracemalloc.Filter(True, __file__)]
one, two = first.filter_traces(me), second.filter_traces(me)
def line(stat): return stat.traceback[0].lineno
for s in two.compare_to(one, 'lineno'):
    if abs(s.size_diff) > 900: print(line(s), s.size_diff, s.count_diff)
for s in two.statistics('lineno'):
    if s.size > 4000: print(line(s), s.size, s.count, s.traceback[0].filename == __file__)
top = two.statistics('traceback')[0]
print([f.lineno for f in top.traceback], top.traceback.total_nframe, top.size, top.count)
for text in top.traceback.format(): print(text.replace(__file__, 'FILE'))
for s in two.statistics('lineno', cumulative=True)[:3]: print(line(s), s.size > 10000)
print(len(two.statistics('filename')), two.statistics('filename')[0].size > 30000)
inside = second.filter_traces([tracemalloc.Filter(True, __file__, lineno=11, all_frames=True)])
print(len([t for t in inside.traces if t.size == 1033]))
print(len(second.filter_traces([tracemalloc.Filter(False, '*.py'), tracemalloc.Filter(False, '<*')]).filter_traces(me).traces))
print(second.filter_traces([tracemalloc.DomainFilter(False, 0)]).traces._traces, tracemalloc.DomainFilter(True, 3).domain)
print([f.lineno for f in tracemalloc.get_object_traceback(a[0])], [f.lineno for f in tracemalloc.get_object_traceback(c)])
print(tracemalloc.get_object_traceback(5), str(tracemalloc.get_object_traceback(b)).replace(__file__, 'FILE'))
before = tracemalloc.get_traced_memory()[0]
del a, b
after = tracemalloc.get_traced_memory()[0]
print(before - after > 30 * 1033, before - after < 30 * 1033 + 1000)
tracemalloc.reset_peak()
x = bytearray(500000)
del x
size, peak = tracemalloc.get_traced_memory()
print(peak - size > 500000, tracemalloc.is_tracing(), tracemalloc.get_traceback_limit(), tracemalloc.get_tracemalloc_memory() > 1000)
third = tracemalloc.take_snapshot().filter_traces(me)
print([(line(s), s.size_diff < -30000) for s in third.compare_to(two, 'lineno') if s.size_diff < -5000])
tracemalloc.clear_traces()
print(len(tracemalloc.take_snapshot().filter_traces(me).traces) < 100)
tracemalloc.stop()
try: tracemalloc.take_snapshot()
except RuntimeError as e: print(e)
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
