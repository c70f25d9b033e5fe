# Async generators by hand: asend, athrow, aclose, finalization, errors.
# portable
def step(aw, *vals):
    try:
        v = aw.send(None)
        while True:
            print('await', v)
            v = aw.send(None)
    except StopIteration as e:
        return ('value', e.value)
    except StopAsyncIteration:
        return 'stop async'
    except BaseException as e:
        return type(e).__name__, str(e)
class Y:
    def __await__(self): yield 'y'
async def ag(n):
    try:
        for i in range(n):
            await Y()
            r = yield i
            if r: print('got', r)
    except ValueError as e:
        print('caught', e)
        yield 'recovered'
    finally:
        print('finally')
a = ag(3)
print(type(a).__name__, a.ag_running, a.ag_await, a.ag_code.co_name, a.__name__, a.__aiter__() is a, type(a.__aiter__()).__name__)
a = ag(3)
print(step(a.__anext__()), step(a.asend('hi')), step(a.athrow(ValueError('v'))), step(a.__anext__()), step(a.__anext__()))
a = ag(2)
print(step(a.__anext__()))  # expect: ('value', 0)
print(step(a.aclose()), step(a.__anext__()))  # expect: ('value', None) stop async
a = ag(1)
print(step(a.asend(5)))  # expect: ('TypeError', "can't send non-None value to a just-started async generator")
print(step(a.athrow(KeyError('k'))))  # expect: ('KeyError', "'k'")
a = ag(1)
print([step(a.__anext__()) for _ in range(3)])  # expect: [('value', 0), 'stop async', 'stop async']
async def consume():
    return [x async for x in ag(2)], sum([x async for x in ag(3)])
print(step(consume()))  # expect: ('value', ([0, 1], 3))
async def early():
    async for x in ag(5):
        if x == 1: return x
e = early()
print(step(e))  # expect: ('value', 1)
async def gexp():
    g = (x * 2 async for x in ag(2))
    return type(g).__name__, [v async for v in g]
print(step(gexp()))  # expect: ('value', ('async_generator', [0, 2]))
async def bad():
    try:
        yield 1
    except GeneratorExit:
        yield 2
b = bad()
print(step(b.__anext__()), step(b.aclose()))
async def stop():
    yield 1
    raise StopAsyncIteration
s = stop()
print(step(s.__anext__()), step(s.__anext__()))
x = ag(1)
n = x.__anext__()
n.close()
try:
    n.send(None)
except Exception as ex:
    print(type(ex).__name__, ex)
x = ag(1)
y = x.__anext__()
y.send(None)
z = x.__anext__()
try:
    z.send(None)
except RuntimeError as ex:
    print(ex)
for code in ('async def f():\n yield 1\n return 2', 'def f():\n await x', 'async def f():\n yield from x', 'def f():\n async with x: pass', 'def f():\n [x async for x in y]', 'async for x in y: pass', 'await x', 'async def f():\n def g(): await x'):
    try:
        compile(code, '<c>', 'exec')
        print('fine')
    except SyntaxError as ex:
        print(ex.msg)
