# time: only relations that hold on any clock.
import time
a = time.perf_counter()
b = time.perf_counter()
print(b >= a, time.monotonic() <= time.monotonic(), time.time() > 1.6e9, type(time.time()), type(time.time_ns()), time.perf_counter_ns() > 0, time.process_time() >= 0)
t = time.monotonic()
time.sleep(0.01)
print(time.monotonic() - t >= 0.009, time.sleep(0))  # expect: True None
print(time.gmtime(0)[:6], time.gmtime(0).tm_wday, time.gmtime(86400 * 365).tm_year, time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(1000000000)))
for f in (lambda: time.sleep(-1), lambda: time.sleep('a'), lambda: time.sleep(), lambda: time.gmtime('a'), lambda: time.nope):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
