from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Awaitable:
    def __init__(self, value): self.value = value
    def __await__(self):
        got = yield self.value
        return got
async def inner(n):
    local = [n]
    return await Awaitable(local)
async def outer(n):
    first = await inner(n)
    second = await inner([first])
    return first, second
never = outer(0)
started = outer('started')
started.send(None)
further = outer('further')
further.send(None)
further.send({'sent': 1})
async def ticks(n):
    for i in range(n):
        yield [i]
        await Awaitable('tick')
agen = ticks(3)
step = agen.__anext__()
try: step.send(None)
except StopIteration as stop: produced = stop.value
again = agen.__anext__()
again.send(None)
read(0, 1)
