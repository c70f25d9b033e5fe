# what assigning __dict__ allocates
import gc, sys
class P:
    def __init__(s, v=None): s.v=v
gc.collect(); gc.freeze(); gc.collect()
def t(f):
    a=gc.get_count()[0]; b=sys.getallocatedblocks()
    x=f()
    return gc.get_count()[0]-a, sys.getallocatedblocks()-b
def f1():
    o=P(1.5); o.__dict__={'new':o}; return o
def f2():
    o=P(1.5); o.__dict__={'new':1}; return o
def f3():
    o=P(1.5); o.__dict__; o.__dict__={'new':1}; return o
def f4():
    o=P(1.5); o.__dict__={}; o.x=1; return o
def f5():
    o=P(1.5); d=o.__dict__; del o; return d
def f6():
    o=P(1.5); d=o.__dict__; return d, o
def f7():
    o=P(1.5); del o.__dict__; return o
def f8():
    return {'a'}^set()
def f9():
    return frozenset((1,2))
def f10():
    return {x: b'moult' for x in range(3)}
def f11():
    return [{x: b'moult' for x in range(3)}, ({'a'} ^ set()), {5, b'moult'}]
for f in (f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11): print(f.__name__, t(f), t(f))
