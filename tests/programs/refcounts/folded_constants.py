import sys
class Plain:
    def __init__(s,v=None): s.v=v
match (3.0 * 1e10):
    case {'a': found, **others}:
        d5 = {'Spam': Plain({1: 'one', 2: 'two'}), -(2**31): ((1,) + (b'moult',))[:20]}
print('count', sys.getrefcount(b'moult'))
print('count', sys.getrefcount(b'moulu'), ((1,) + (b'moulu',)))
x=((1,) + (b'moulv',))[:20]
print('count', sys.getrefcount(b'moulv'))
print(sys.getrefcount('€uro' * 1), sys.getrefcount('€u' + ''), sys.getrefcount(b'\x00\xff' + b''), sys.getrefcount(+2.5))
def constant():
    return b'returned'
print(sys.getrefcount(constant()))
keys = {((), (3,)): [1, 2, 3], 'x y': 'a'}
print(sys.getrefcount('x y'))
import gc
gc.collect(); gc.freeze(); gc.collect()
async def running(p0, p1=keys):
    print(len(gc.get_referrers(keys)))
try:
    running(1, 1).send(None)
except StopIteration:
    pass
print(gc.get_count())
t = tuple(enumerate(list({}.values())))
print(gc.get_count())
