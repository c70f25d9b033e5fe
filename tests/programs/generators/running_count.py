# What holds a generator while it runs: whoever called it, no one else.
import sys


def gen():
    while True:
        print(sys.getrefcount(both))
        yield 1


both = gen()
next(both)
next(both, None)
both.send(None)
both.__next__()
for x in both:
    break


def short():
    print(sys.getrefcount(both))
    yield 1
    print(sys.getrefcount(both))


both = short()
list(both)
both = short()
[a] = both
both = short()
print(sum(both))
both = short()
print(tuple(both), set(short()))
both = short()
print(max(both), sorted(short()))


def closing():
    try:
        yield 1
    finally:
        print(sys.getrefcount(both))


both = closing()
next(both)
both.close()
both = closing()
next(both)
try:
    both.throw(ValueError('x'))
except ValueError as e:
    print(e)


def delegating():
    yield from both


both = short()
list(delegating())


async def coro():
    print(sys.getrefcount(both))


both = coro()
try:
    both.send(None)
except StopIteration:
    pass


async def awaiting():
    await both


both = coro()
try:
    awaiting().send(None)
except StopIteration:
    pass


def names():
    global both
    both = None
    yield 1
    print('still here')
    yield 2


both = names()
print(next(both))
both = names()
print(list(both))
both = names()
for x in both:
    print(x)
