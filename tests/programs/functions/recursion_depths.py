# How deep a function gets before RecursionError when the recursion goes through each kind of call.
import sys
sys.setrecursionlimit(300)
n = 0
def probe(name, f, *a):
    global n
    n = 0
    try:
        f(*a)
    except RecursionError as e:
        print(name, n, e)
def plain():
    global n
    n += 1
    plain()
def lam():
    global n
    n += 1
    (lambda: lam())()
def star(*a, **k):
    global n
    n += 1
    star(*a, **k)
def by_map():
    global n
    n += 1
    list(map(lambda x: by_map(), [1]))
def by_sorted():
    global n
    n += 1
    sorted([1], key=lambda x: by_sorted())
def by_max():
    global n
    n += 1
    max([1], key=lambda x: by_max())
class Init:
    def __init__(self):
        global n
        n += 1
        Init()
class Prop:
    @property
    def p(self):
        global n
        n += 1
        return self.p
class Add:
    def __add__(self, o):
        global n
        n += 1
        return self + o
class Getattr:
    def __getattr__(self, name):
        global n
        n += 1
        return self.x
class Call:
    def __call__(self):
        global n
        n += 1
        self()
class Iter:
    def __iter__(self):
        global n
        n += 1
        return iter(self)
class Eq:
    def __eq__(self, o):
        global n
        n += 1
        return [self] == [Eq()]
class Repr:
    def __repr__(self):
        global n
        n += 1
        return repr([self, Repr()])
class New:
    def __new__(cls):
        global n
        n += 1
        return New()
class Item:
    def __getitem__(self, i):
        global n
        n += 1
        return self[i]
def gen():
    global n
    n += 1
    yield from gen()
def gen_for():
    global n
    n += 1
    for x in gen_for(): yield x
def comp():
    global n
    n += 1
    return [comp() for _ in 'a']
def genexp():
    global n
    n += 1
    return sum(genexp() for _ in 'a')
def execs():
    global n
    n += 1
    exec('execs()')
def by_class():
    global n
    n += 1
    class C: x = by_class()
async def co():
    global n
    n += 1
    await co()
def with_():
    global n
    n += 1
    class CM:
        def __enter__(self): with_()
        def __exit__(self, *a): pass
    with CM(): pass
probe('plain', plain)
probe('lambda', lam)
probe('star', star, 1)
probe('map', by_map)
probe('sorted', by_sorted)
probe('max', by_max)
probe('init', Init)
probe('property', lambda: Prop().p)
probe('add', lambda: Add() + 1)
probe('getattr', lambda: Getattr().x)
probe('call', Call())
probe('iter', lambda: iter(Iter()))
probe('eq', lambda: Eq() == 1)
probe('repr', lambda: repr(Repr()))
probe('new', New)
probe('item', lambda: Item()[0])
probe('yield from', lambda: next(gen()))
probe('for in generator', lambda: next(gen_for()))
probe('comprehension', comp)
probe('generator expression', genexp)
probe('exec', execs)
probe('class body', by_class)
probe('await', lambda: co().send(None))
probe('with', with_)
