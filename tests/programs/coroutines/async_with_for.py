# async with and async for driven by hand; __aenter__/__aexit__, __aiter__/__anext__, async comprehensions.
# portable
def run(coro):
    try:
        while True: print('yielded', coro.send(None))
    except StopIteration as e:
        return e.value
class Y:
    def __init__(self, v): self.v = v
    def __await__(self): yield self.v
class CM:
    def __init__(self, swallow=False): self.swallow = swallow
    async def __aenter__(self):
        await Y('enter')
        return 'cm value'
    async def __aexit__(self, *a):
        await Y('exit')
        print('aexit', a[0] and a[0].__name__)
        return self.swallow
async def f():
    async with CM() as v, CM(True):
        print('body', v)
        raise ValueError('x')
    print('swallowed')
    return 'f done'
print(run(f()))  # expect: f done
class AI:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        await Y('tick')
        return self.n
async def g():
    async for x in AI(2):
        print('x', x)
    else:
        print('else')
    async for x in AI(3):
        if x == 1: break
        continue
    else:
        print('not here')
    return [v async for v in AI(2)], {v: 1 async for v in AI(1)}, {v async for v in AI(1)}, [a async for a in AI(3) if a]
print(run(g()))  # expect: ([1, 0], {0: 1}, {0}, [2, 1])
async def bad(code):
    if code == 0:
        async with 5: pass
    elif code == 1:
        async for x in 5: pass
    elif code == 2:
        class N:
            def __aiter__(self): return 5
        async for x in N(): pass
    elif code == 3:
        class N:
            def __aiter__(self): return self
            def __anext__(self): return 5
        async for x in N(): pass
    elif code == 4:
        class N:
            async def __aenter__(self): pass
        async with N(): pass
    elif code == 5:
        class N:
            def __aenter__(self): return 5
            def __aexit__(self, *a): return 5
        async with N(): pass
    elif code == 6:
        class N:
            async def __aenter__(self): pass
            def __aexit__(self, *a): return 5
        async with N(): pass
    elif code == 7:
        with CM(): pass
for c in range(8):
    try:
        print(run(bad(c)))
    except TypeError as e:
        print(e)
async def ret():
    async with CM():
        return 'returned inside'
print(run(ret()))  # expect: returned inside
async def nested():
    try:
        async with CM():
            async for x in AI(1): raise KeyError(x)
    except KeyError as e:
        return 'key ' + str(e)
print(run(nested()))  # expect: key 0
print(type(aiter(AI(1))).__name__, run(anext(AI(1))), run(anext(AI(0), 'dflt')))  # expect: AI 0 dflt
