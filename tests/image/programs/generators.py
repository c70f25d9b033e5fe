from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

def numbers(limit, label):
    for n in range(limit):
        received = yield [n, label]
        if received: label = received
def delegating(items):
    result = yield from items
    return result
fresh = numbers(5, 'fresh one')
running = numbers(5, 'a running one')
next(running); next(running); running.send('a new label')
done = numbers(1, 'done'); list(done)
closed = numbers(3, 'closed'); next(closed); closed.close()
nested = delegating(numbers(9, 'inner')); next(nested)
expression = (str(n) + 'x' for n in [1.5, 2.5, 3.5]); next(expression)
def consuming():
    for pair in numbers(4, 'consumed'):
        held = pair
        read(0, 1)
def stopped():
    yield 1
    consuming()
    yield 2
both = stopped()
next(both)
next(both)
