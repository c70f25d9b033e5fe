# Generators, coroutines and context managers thrown into, closed, dropped at every point.
# portable
class Boom(Exception): pass
log = []
def inner(n):
    try:
        x = yield ['i', n]
        y = yield ['j', x]
        return [x, y]
    except Boom as e:
        log.append(('inner', str(e)))
        if n == 1: raise
        if n == 2: raise ValueError('other') from e
        if n == 3: yield 'swallowed'
    finally:
        log.append(('finally', n))
def outer(n):
    held = [object() for _ in range(2)]
    try:
        r = yield from inner(n)
        return r
    except ValueError as e:
        log.append(('outer', str(e), type(e.__cause__).__name__))
        yield 'caught'
def drive(n, ops):
    g = outer(n)
    out = []
    for op in ops:
        try:
            if op == 'n': out.append(next(g))
            elif op == 's': out.append(g.send([7]))
            elif op == 't': out.append(g.throw(Boom('t')))
            elif op == 'c': out.append(g.close())
            elif op == 'T': out.append(g.throw(Boom))
            elif op == 'G': out.append(g.throw(GeneratorExit))
        except BaseException as e:
            out.append((type(e).__name__, str(e), getattr(e, 'value', None)))
    return out
for n in range(4):
    for ops in ('nst', 'nt', 't', 'ns', 'nss', 'ntn', 'ntt', 'nc', 'nsc', 'c', 'nG', 'nGn', 'G', 'nT', 'sn', 'ntc', 'nssn', 'nsTc'):
        print(n, ops, drive(n, ops), log)
        log.clear()
def ignoring():
    while True:
        try: yield [1]
        except GeneratorExit: pass
g = ignoring()
next(g)
try: g.close()
except RuntimeError as e: print(e)
def self_next():
    try: next(me)
    except ValueError as e: yield str(e)
me = self_next()
print(next(me))
me.close()
del me
def stop():
    yield 1
    raise StopIteration([5])
try: list(stop())
except RuntimeError as e: print(e, repr(e.__cause__))
class CM:
    def __init__(self, enter=None, exit=None): self.at = (enter, exit)
    def __enter__(self):
        if self.at[0]: raise Boom('enter')
        return [1]
    def __exit__(self, *a):
        log.append(a[0] and a[0].__name__)
        if self.at[1] == 'raise': raise ValueError('exit')
        return self.at[1]
def managed(enter, exit, body):
    with CM(None, True) as outermost, CM(enter, exit) as x:
        if body == 'raise': raise Boom('body')
        if body == 'return': return ['returned']
        yield_ = [x for x in range(3)]
    return 'after'
for enter in (None, 1):
    for exit in (None, True, 'raise'):
        for body in ('', 'raise', 'return'):
            print(enter, exit, body, managed(enter, exit, body), log)
            log.clear()
def gen_managed():
    with CM(None, None):
        with CM(None, 'raise'):
            yield [1]
            yield [2]
for ops in ('n', 'nn', 'nnn', 'nc', 'nt', 'nnc'):
    g = gen_managed()
    for op in ops:
        try: print(ops, next(g) if op == 'n' else g.close() if op == 'c' else g.throw(Boom('x')))
        except (Boom, ValueError, StopIteration) as e: print(ops, type(e).__name__, e, repr(e.__context__))
    del g
    print(log)
    log.clear()
async def co(n):
    if n == 2: raise Boom('co')
    await W(n)
    return [n]
class W:
    def __init__(self, n): self.n = n
    def __await__(self):
        if self.n == 3: raise Boom('await')
        if self.n == 4: return 5
        try:
            r = yield ['w', self.n]
        finally:
            log.append('w')
async def both(n):
    async with A(n) as a:
        async for x in A(n):
            await co(x)
    return 'both'
class A:
    def __init__(self, n): self.n, self.k = n, 0
    async def __aenter__(self):
        if self.n == 5: raise Boom('aenter')
        return [1]
    async def __aexit__(self, *a):
        log.append(a[0] and a[0].__name__)
        return self.n == 3
    def __aiter__(self): return self if self.n != 6 else 5
    async def __anext__(self):
        self.k += 1
        if self.n == 7: raise Boom('anext')
        if self.k > self.n: raise StopAsyncIteration
        return self.k
for f in (co, both):
    for n in range(8):
        for ops in ('nnnnnn', 'nt', 'nc', 'ntnn', ''):
            c = f(n)
            for op in ops or 'c':
                try: print(f.__name__, n, ops, c.send(None) if op == 'n' else c.throw(Boom('x')) if op == 't' else c.close())
                except BaseException as e:
                    print(f.__name__, n, ops, type(e).__name__, e)
                    break
            c.close()
            del c
            print(log)
            log.clear()
async def agen(n):
    try:
        for i in range(n):
            yield [i]
            await W(i)
    finally:
        log.append('agen')
def step(aw):
    try:
        return aw.send(None)
    except BaseException as e:
        return type(e).__name__, str(e), getattr(e, 'value', None)
for n in range(4):
    a = agen(n)
    for i in range(5):
        x = a.__anext__()
        print(n, i, step(x), step(x))
        x.close()
    print(step(a.athrow(Boom('t'))), step(a.aclose()), step(a.asend(None)))
    del a, x
    print(log)
    log.clear()
