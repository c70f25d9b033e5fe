from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc
calls = {}
def memo(function):
    cache = {}
    def wrapper(*args):
        if args not in cache: cache[args] = function(*args)
        calls[function.__name__] = calls.get(function.__name__, 0) + 1
        return cache[args]
    wrapper.__wrapped__ = function
    return wrapper
def with_prefix(prefix):
    def decorate(function):
        def wrapper(*args, **kw): return prefix + str(function(*args, **kw))
        return wrapper
    return decorate
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
@with_prefix('value: ')
@memo
def area(w, h=2.5): return w * h
values = [fib(20), area(3.5), area(4.5)]
class Context:
    def __init__(self, name): self.name = name
    def __enter__(self): self.opened = [self.name]; return self.opened
    def __exit__(self, *info): self.info = info
with Context('outer one') as a, Context('inner one') as b:
    a.append(b)
    def inside():
        with Context('deepest') as c:
            read(0, 1)
    inside()
