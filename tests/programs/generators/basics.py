# Generators: state, send, throw, close, return values, attributes, errors.
# portable
def g(n):
    for i in range(n):
        r = yield i
        if r: print('got', r)
    return 'result'
it = g(3)
print(type(it).__name__, it.gi_running, it.gi_frame is not None, it.gi_code.co_name, it.gi_yieldfrom, it.__name__, it.__qualname__, iter(it) is it)
print(next(it), it.send('hello'), next(it))  # expect: 0 1 2
try:
    next(it)
except StopIteration as e:
    print('stop', e.value, e.args)
print(it.gi_frame, next(it, 'default'), list(it))  # expect: None default []
for f in (lambda: g(1).send(5), lambda: g(), lambda: next(g(0)), lambda: g(1).throw(), lambda: g(1).throw(5), lambda: g(1).throw(ValueError), lambda: g(1).throw(ValueError('inst')), lambda: g(1).throw(KeyError('k')), lambda: g(1).close(), lambda: len(g(1)), lambda: g(1)[0], lambda: g(1).send(), lambda: g(1).throw(int)):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)
def catch():
    while True:
        try:
            x = yield 'ready'
            print('x', x)
        except ValueError as e:
            print('caught', e)
            yield 'recovered'
        finally:
            print('finally')
c = catch()
print(next(c), c.send(1), c.throw(ValueError('boo')), next(c))  # expect: ready ready recovered ready
print(c.close(), c.close())  # expect: None None
try:
    next(c)
except StopIteration:
    print('closed')
def ignore():
    try:
        yield 1
    except GeneratorExit:
        yield 2
i = ignore()
next(i)
try:
    i.close()
except RuntimeError as e:
    print(e)
def ret_close():
    try:
        yield 1
    except GeneratorExit:
        return 'closed value'
r = ret_close()
next(r)
print(r.close())  # expect: closed value
def stop(): 
    yield 1
    raise StopIteration('inner')
s = stop()
next(s)
try:
    next(s)
except RuntimeError as e:
    print(e, type(e.__cause__).__name__, e.__cause__.value)
def me():
    yield next(m)
m = me()
try:
    next(m)
except ValueError as e:
    print(e)
def fin():
    try:
        yield 1
    finally:
        print('cleanup')
f = fin()
next(f)
del f
print('after del')  # expect: after del
f = fin()
del f
print('never started')  # expect: never started
ex = (x * 2 for x in range(4) if x)
print(ex.__name__, next(ex), list(ex), sum(x for x in range(5)), max((len(w), w) for w in ['a', 'bb']), [*(c for c in 'ab')], dict((k, 1) for k in 'xy'))
try:
    (x for x in 5)
except TypeError as e:
    print(e)
def y2():
    a = yield
    b = yield a
    return (a, b)
z = y2()
next(z)
print(z.send(1))  # expect: 1
try:
    z.send(2)
except StopIteration as e:
    print(e.value)
def empty():
    return
    yield
print(list(empty()), [v for v in (lambda: (yield 5))()])  # expect: [] [5]
