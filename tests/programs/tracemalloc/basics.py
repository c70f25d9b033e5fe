# _tracemalloc alone: on and off, exact bytes of known allocations, peak, tracebacks of objects.
import _tracemalloc as t
print(t.is_tracing(), t.get_traced_memory(), t._get_traces(), t.get_traceback_limit(), t.get_tracemalloc_memory())
t.start()
print(t.is_tracing(), t.get_traceback_limit())
t.start(5)
print(t.get_traceback_limit())

def used():
    return t.get_traced_memory()[0]

def cost(make):
    before = used()
    x = make()
    after = used()
    return after - before

base = cost(lambda: None)
for name, make in (('bytes', lambda: bytes(1000)), ('big bytes', lambda: bytes(100000)), ('list', lambda: [None] * 100), ('bytearray', lambda: bytearray(5000)),
                   ('str', lambda: 'x' * 300), ('dict', lambda: {i: None for i in range(6)}), ('set', lambda: set(range(100))), ('int', lambda: 1 << 3000),
                   ('object', lambda: object()), ('tuple', lambda: (None,) * 30), ('lists', lambda: [[] for i in range(200)]), ('growing', lambda: [i for i in range(1000, 1500)])):
    cost(make)
    print(name, cost(make) - base)
x = bytes(5000)
print(t._get_object_traceback(x)[0][1])
y = [
    object(),
    bytes(600),
]
print([t._get_object_traceback(i)[0][1] for i in y], t._get_object_traceback(y)[0][1], t._get_object_traceback(5), t._get_object_traceback(len), t._get_object_traceback('x'))
before = used()
t.reset_peak()
z = bytes(1000000)
del z
now, peak = t.get_traced_memory()
print(now - before < 1000, peak - now > 999999, peak - now < 1001000)
t.reset_peak()
now, peak = t.get_traced_memory()
print(peak - now < 1000)
t.clear_traces()
print(t.get_traced_memory()[0] < 1000, t._get_object_traceback(x))
w = bytes(5001)
row = [r for r in t._get_traces() if r[1] == 5034]
print(len(row), row[0][0], row[0][2][0][0].endswith('basics.py'), row[0][2][0][1], row[0][3], len(row[0]))
t.stop()
print(t.is_tracing(), t.get_traced_memory(), t._get_traces(), t._get_object_traceback(w), t.get_traceback_limit())
for n in (0, -1, 65536, 1 << 40, 'a', 1.5):
    try: t.start(n)
    except Exception as e: print(type(e).__name__, e)
t.stop(); t.reset_peak(); t.clear_traces()
t.start(65535)
v = object()
print(t.get_traceback_limit(), t._get_object_traceback(v)[0][1])
