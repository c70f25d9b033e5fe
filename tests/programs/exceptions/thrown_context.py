# What a generator, coroutine or asynchronous generator makes of an exception that is thrown in: its context is what the generator itself handles.
import sys
def plain():
    yield 1
    yield 2
def inexc():
    try: raise KeyError('k')
    except KeyError:
        yield 1
        yield 2
def deleg(g):
    yield from g()
async def co():
    await Aw()
class Aw:
    def __await__(self): yield 1
class It:
    def __iter__(self): return self
    def __next__(self): return 1
    def throw(self, *a): raise a[0]
def chain(e):
    out = []
    while e is not None and len(out) < 9: out.append(repr(e)); e = e.__context__
    return ' <- '.join(out)
for make in (plain, inexc, lambda: deleg(plain), lambda: deleg(inexc), lambda: deleg(It), co, lambda: (x for x in range(3))):
    for steps in (0, 1):
        for how in ('throw', 'close', 'send'):
            g = make()
            for _ in range(steps): g.send(None)
            try:
                try: 1/0
                except ZeroDivisionError:
                    if how == 'throw': g.throw(ValueError('thrown'))
                    elif how == 'close': g.close()
                    else: g.send(3)
            except Exception as e: print(steps, how, chain(e))
            else: print(steps, how, 'ok')
            g = make()
            for _ in range(steps): g.send(None)
            try:
                if how == 'throw': g.throw(ValueError('thrown'))
            except Exception as e: print(steps, how, chain(e))
async def ag():
    try: raise KeyError('k')
    except KeyError:
        yield 1
async def ag2():
    yield 1
for make in ag, ag2:
    for steps in (0, 1):
        a = make()
        if steps:
            try: a.asend(None).send(None)
            except StopIteration: pass
        try:
            try: 1/0
            except ZeroDivisionError:
                a.athrow(ValueError('thrown')).send(None)
        except BaseException as e: print(steps, chain(e))
        a = make()
        x = a.asend(None)
        try:
            try: 1/0
            except ZeroDivisionError: x.throw(ValueError('t'))
        except BaseException as e: print(steps, chain(e))
