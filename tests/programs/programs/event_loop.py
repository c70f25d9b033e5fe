# An event loop by hand: coroutines as tasks, awaitables, queues, cancelling, a pipeline of generators.
from_heap = []
def push(item):
    from_heap.append(item)
    from_heap.sort()
class Sleep:
    def __init__(self, n): self.n = n
    def __await__(self):
        woke = yield ('sleep', self.n)
        return woke
class Event:
    def __init__(self): self.set_, self.waiting = False, []
    def set(self):
        self.set_ = True
        waiting, self.waiting = self.waiting, []
        for t in waiting: loop.ready.append((t, 'event'))
    def __await__(self):
        if not self.set_: yield ('event', self)
        return self
class Cancelled(BaseException): pass
class Task:
    n = 0
    def __init__(self, coro):
        Task.n += 1
        self.coro, self.id, self.done, self.result, self.error, self.joiners = coro, Task.n, False, None, None, []
    def __await__(self):
        if not self.done: yield ('join', self)
        if self.error: raise self.error
        return self.result
    def __repr__(self): return f'<task {self.id} {self.coro.__qualname__}>'
class Loop:
    def __init__(self): self.ready, self.time, self.seq = [], 0, 0
    def spawn(self, coro):
        t = Task(coro)
        self.ready.append((t, None))
        return t
    def cancel(self, task): self.ready.append((task, Cancelled(f'{task} at {self.time}')))
    def step(self, task, value):
        if task.done: return
        try:
            request = task.coro.throw(value) if isinstance(value, BaseException) else task.coro.send(value)
        except StopIteration as e: task.result = e.value
        except Cancelled as e: task.error = e
        except Exception as e: task.error = e
        else:
            match request:
                case 'sleep', n:
                    self.seq += 1
                    push((self.time + n, self.seq, task))
                case 'event', ev: ev.waiting.append(task)
                case 'join', other: other.joiners.append(task)
            return
        task.done = True
        for j in task.joiners: self.ready.append((j, None))
        print(f'{self.time:>3}', task, 'ended', repr(task.result), repr(task.error))
    def run(self):
        while self.ready or from_heap:
            while self.ready: self.step(*self.ready.pop(0))
            if from_heap:
                self.time, _, task = from_heap.pop(0)
                self.ready.append((task, self.time))
loop = Loop()
class Queue:
    def __init__(self): self.items, self.event, self.closed = [], Event(), False
    def put(self, x):
        self.items.append(x)
        self.event.set()
    def __aiter__(self): return self
    async def __anext__(self):
        while not self.items:
            if self.closed: raise StopAsyncIteration
            self.event = Event()
            await self.event
        return self.items.pop(0)
class Section:
    def __init__(self, name): self.name = name
    async def __aenter__(self):
        await Sleep(1)
        print(f'{loop.time:>3} enter', self.name)
        return self
    async def __aexit__(self, *e):
        print(f'{loop.time:>3} leave', self.name, e[0] and e[0].__name__)
        await Sleep(1)
        return e[0] is KeyError
async def producer(q, n):
    for i in range(n):
        print(f'{loop.time:>3} put', i, 'woke', await Sleep(2))
        q.put(i)
    q.closed = True
    q.event.set()
    return n
async def consumer(q):
    total = 0
    async for x in q:
        async with Section(f's{x}'):
            total += x
            if x == 1: raise KeyError(x)
    return total
async def ticks(n):
    for i in range(n):
        await Sleep(3)
        yield i
async def sleeper():
    try:
        await Sleep(100)
    except Cancelled as e:
        print('   cancelled:', e)
        raise
    finally:
        print('   cleaning')
async def failing():
    await Sleep(4)
    return 1 // 0
async def main():
    q = Queue()
    p, c, s, f = map(loop.spawn, (producer(q, 3), consumer(q), sleeper(), failing()))
    print([t async for t in ticks(3) if t != 1], {t: loop.time async for t in ticks(2)})
    loop.cancel(s)
    for t in (p, c, s, f):
        try:
            print(f'{loop.time:>3} joined', t, await t)
        except (Cancelled, ArithmeticError) as e:
            print(f'{loop.time:>3} failed', t, type(e).__name__, e)
    return 'done'
m = loop.spawn(main())
loop.run()
print(m.result, m.error, loop.time)
def numbers(n):
    try:
        yield from range(n)
    finally: print('numbers closed')
def window(it, k):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == k:
            yield tuple(buf)
            del buf[0]
def averager():
    total = count = 0
    avg = None
    while True:
        x = yield avg
        if x is None: return (total, count)
        total += x
        count += 1
        avg = total / count
def delegate(out):
    while True: out.append((yield from averager()))
def take(n, it):
    for _, x in zip(range(n), it): yield x
print(list(take(3, (sum(w) for w in window(numbers(100), 4) if sum(w) % 4 == 2))))
out = []
d = delegate(out)
print(next(d), [d.send(v) for v in (10, 20, 60, None, 5, None)], out)
d.close()
try:
    d.send(1)
except StopIteration as e:
    print('stopped', e.value)
