# yield from: delegation of send, throw, close, return values; over iterables of all kinds.
# portable
def inner():
    print('inner start')
    try:
        x = yield 1
        print('inner got', x)
        y = yield 2
        print('inner got', y)
    except ValueError as e:
        print('inner caught', e)
        yield 'after'
    finally:
        print('inner finally')
    return 'inner result'
def outer():
    r = yield from inner()
    print('outer got', r)
    yield 3
    return 'outer result'
o = outer()
print(next(o), o.gi_yieldfrom.__name__, o.send('a'), o.send('b'))  # expect: 1 inner 2 3
try:
    next(o)
except StopIteration as e:
    print(e.value)
o = outer()
next(o)
print(o.throw(ValueError('v')), next(o))  # expect: after 3
o = outer()
next(o)
o.close()
def flat(x):
    for e in x:
        if isinstance(e, list): yield from flat(e)
        else: yield e
print(list(flat([1, [2, [3, [4]], 5], [[[6]]]])))  # expect: [1, 2, 3, 4, 5, 6]
def multi():
    yield from 'ab'
    yield from range(2)
    yield from {'k': 1}
    yield from (x for x in (9,))
    yield from []
    r = yield from iter([7])
    yield r
print(list(multi()))  # expect: ['a', 'b', 0, 1, 'k', 9, 7, None]
class It:
    def __iter__(self): return self
    def __next__(self): return 'it'
def d():
    yield from It()
g = d()
print(next(g), next(g))  # expect: it it
for f in (lambda: g.send(5), lambda: d().throw(KeyError('thrown')), lambda: list((lambda: (yield from 5))())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Full:
    def __iter__(self): return self
    def __next__(self): return 'next'
    def send(self, v): return ('send', v)
    def throw(self, *a): return ('throw', a[0] if isinstance(a[0], type) else type(a[0]))
    def close(self): print('close called')
def e():
    yield from Full()
g = e()
print(next(g), g.send(5), g.throw(KeyError), next(g))  # expect: next ('send', 5) ('throw', <class 'KeyError'>) next
g.close()
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(4)))  # expect: [1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 1, 2, 1]
def avg():
    total = n = 0
    while (v := (yield)) is not None:
        total += v
        n += 1
    return total / n
def grouper(out):
    while True: out.append((yield from avg()))
out = []
gr = grouper(out)
next(gr)
for v in (1, 2, 3, None, 10, 20, None): gr.send(v)
print(out)  # expect: [2.0, 15.0]
gr.close()
def deep(n):
    if n == 0:
        got = yield 'bottom'
        return got
    return (yield from deep(n - 1))
g = deep(50)
print(next(g))  # expect: bottom
try:
    g.send('up')
except StopIteration as ex:
    print(ex.value)
def raiser():
    yield 1
    raise KeyError('from inner')
def wrap():
    try:
        yield from raiser()
    except KeyError as ex:
        yield 'wrapped ' + str(ex)
print(list(wrap()))  # expect: [1, "wrapped 'from inner'"]
def rec(): yield from r2
r2 = rec()
try:
    next(r2)
except ValueError as ex:
    print(ex)
