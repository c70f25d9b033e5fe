# sys.settrace: coroutines, async for, async with, driven by hand.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if event == 'exception':
        arg = (arg[0].__name__, str(arg[1]))
    if event == 'return' and not isinstance(arg, (int, bool, type(None))):
        arg = type(arg).__name__
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, arg))
    return tracer


class Wait:
    def __await__(self):
        yield 'wait'
        return 5


class Manager:
    async def __aenter__(self):
        return await sub(1)

    async def __aexit__(self, *a):
        return False


async def sub(n):
    return n


async def numbers(n):
    for i in range(n):
        yield i


async def main(n):
    n += await sub(n)
    async for v in numbers(2):
        n += v
    async with Manager() as m:
        n += m
    n += await Wait()
    return [x async for x in numbers(n) if x % 7 == 0]


def drive(c):
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        return len(e.value)


sys.settrace(tracer)
drive(main(2))
sys.settrace(None)
for e in events:
    print(*e)
