# Generators that are suspended at exit: their finally blocks run with the module.
class R:
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, *a): print('exit', self.n, a[0].__name__ if a[0] else None)
def g(name):
    with R(name):
        try:
            yield 1
        finally:
            print('finally', name)
a = g('a'); next(a)
_b = g('_b'); next(_b)
c = [g('in a list')]; next(c[0])
def cycle():
    x = g('cycle'); next(x)
    l = [x]; l.append(l)
cycle()
never = g('never started')
async def co():
    try:
        await W()
    finally:
        print('coroutine finally')
class W:
    def __await__(self):
        yield
w = co(); w.send(None)
print('end')
