# Tracebacks through decorators and lambdas.
# portable
def deco(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper
@deco
@deco
def work(x, *, y): return (lambda z: z[x])(y)
print(work(0, y=[1]))
work(5, y=[1])
