# FrameLocalsProxy: made by hand, asked with keys that only equal a name, reversed.
import sys
def f():
    x=1
    p=sys._getframe().f_locals
    T=type(p)
    for a in ((),(1,),(sys._getframe(),),(sys._getframe(),2)):
        try: print(T(*a)==p)
        except TypeError as e: print(e)
    try: T(sys._getframe(),k=1)
    except TypeError as e: print(e)
    print(reversed(p), p.__reversed__())
    class K:
        def __init__(s,v): s.v=v
        def __hash__(s): return hash(s.v)
        def __eq__(s,o): return s.v==o
    print(p[K('x')], K('x') in p, 5 in p)
    p[K('x')]=9
    print(x)
    p[5]='five'
    print(p[5], 5 in p)
    class S(str): pass
    p[S('x')]=10
    print(x, len(p))
    try: print([] in p)
    except TypeError as e: print(e)
f()
