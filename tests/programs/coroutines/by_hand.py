# Coroutines driven by send: await on objects, return values, exceptions, errors.
# portable
class Future:
    def __init__(self, name): self.name = name
    def __await__(self):
        r = yield self.name
        return r
async def leaf(n):
    r = await Future('f%d' % n)
    return r * 2
async def root():
    a = await leaf(1)
    b = await leaf(2)
    return a + b
c = root()
print(type(c).__name__, c.cr_running, c.cr_await, c.cr_code.co_name, c.__name__)
print(c.send(None), c.cr_await.__name__, c.send(10))  # expect: f1 leaf f2
try:
    c.send(20)
except StopIteration as e:
    print('result', e.value)
try:
    c.send(None)
except RuntimeError as e:
    print(e)
def run(coro, *values):
    vals = iter(values)
    v = None
    try:
        while True:
            got = coro.send(v)
            print('await', got)
            v = next(vals)
    except StopIteration as e:
        return e.value
print(run(root(), 1, 2))  # expect: 6
async def catcher():
    try:
        await Future('x')
    except ValueError as e:
        return 'caught ' + str(e)
    finally:
        print('fin')
c = catcher()
c.send(None)
try:
    c.throw(ValueError('v'))
except StopIteration as e:
    print(e.value)
c = catcher()
c.send(None)
c.close()
r0 = root()
for f in (lambda: r0.send(5), lambda: iter(r0), lambda: next(r0), lambda: [x for x in r0], lambda: r0()):
    try:
        f()
    except TypeError as e:
        print(e)
r0.close()
async def bad_await(v): await v
class B1:
    def __await__(self): return 5
class B2:
    def __await__(self): return root()
for v in (5, None, B1(), [1]):
    try:
        bad_await(v).send(None)
    except TypeError as e:
        print(e)
b2 = B2()
async def twice():
    c = leaf(3)
    await c
    await c
t = twice()
t.send(None)
try:
    t.send(1)
except RuntimeError as e:
    print(e)
async def ret_none(): pass
try:
    ret_none().send(None)
except StopIteration as e:
    print(e.value)
async def raiser(): raise KeyError('k')
try:
    raiser().send(None)
except KeyError as e:
    print('KeyError', e)
async def stop(): raise StopIteration(1)
try:
    stop().send(None)
except RuntimeError as e:
    print(e)
w = leaf(1).__await__()
print(type(w).__name__, next(w))  # expect: coroutine_wrapper f1
try:
    w.send(4)
except StopIteration as e:
    print(e.value)
async def gather():
    return [await leaf(i) for i in range(3)], {k: await leaf(k) for k in (5,)}
print(run(gather(), 1, 2, 3, 4))  # expect: ([2, 4, 6], {5: 8})
tasks = {n: leaf(n) for n in (1, 2, 3)}
for n, t in tasks.items(): print(t.send(None), end=' ')
for n, t in tasks.items():
    try:
        t.send(n)
    except StopIteration as e:
        print(n, e.value, end=' ')
print()
l = lambda: (yield)
print((await_ := 1), type(run).__name__)  # expect: 1 function
