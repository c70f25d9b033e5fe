# What compiling counts for the collector, and what it leaves in the free lists of dicts, lists and tuples.
import gc

gc.disable()


def waiting(make):
    """How many objects a free list holds: so many are made without counting."""
    before = gc.get_count()[0]
    kept = [0] * 120
    i = 0
    while i < 120:
        kept[i] = make()
        i += 1
    return 120 - (gc.get_count()[0] - before)


lists = [list(range(n)) for n in range(8)]


def tuple_of(n):
    items = lists[n]
    return lambda: tuple(items)


makers = [lambda: {}, lambda: []] + [tuple_of(n) for n in range(1, 8)]
compile('1', 'x', 'eval')


def measure(source):
    gc.collect()
    before = gc.get_count()[0]
    try:
        code = compile(source, 'nowhere', 'exec')
        error = ''
    except SyntaxError as e:
        code, error = None, e.msg
    counted = gc.get_count()[0] - before
    print(repr(source)[:60], counted, *[waiting(make) for make in makers], error)


for source in (
    'pass',
    'x=1',
    'def f(): pass',
    'class C: pass',
    'class C:\n    def f(self): self.x=1',
    "x=1.5; y=-0.0; z=2j; w=b'a'",
    'x=(1,2); y=(1,2); z=((1,2),3)',
    'x in {1,2}; x in [1,2]',
    'for i in [1,2,3]: pass',
    '[i for i in x]',
    'def f(): return [i for i in x if i]',
    'f(a=1,b=2)',
    'from a import b, c',
    'def f(*,a=1): pass',
    'x={1,2,3,4}',
    'x=[1,2,3,4]',
    "{'a':1,'b':2}",
    'match x:\n    case [1,2]: pass',
    'match x:\n    case {"a": y}|{"b": y}: pass\n    case C(a=1,b=2): pass',
    'def f():\n    x=1\n    def g(): return x\n    return g',
    "def f(a: int, b: str='x') -> None: pass",
    'lambda x: x',
    '(i for i in x)',
    'try: pass\nexcept E as e: pass',
    'with a as b: pass',
    'class C[T]: pass',
    'def f[T](x: T): pass',
    'type X = int',
    'type X[T] = list[T]',
    'async def f():\n    async with a: pass\n    async for i in x: await i',
    'x = (1,)*3',
    'x = True; y = True',
    "f'{x}{y!r}'",
    'def f():\n    global x\n    x=1',
    'if 0:\n    def f(): pass',
    'def f(',
    'x = = 1',
    'return',
    'def f(a,a): pass',
    'nonlocal x',
    'break',
    'from __future__ import annotations\ndef f(a: int): pass\nx: int = 1',
    'class A:\n    def f(self): return __class__\n    def g(self): return super().x',
    '[[j for j in i] for i in x]',
    '{i:1 for i in x}; {i for i in x}',
    'class C:\n    x=[i for i in y]',
    'assert x, "y"',
    'x: int',
    '"doc"',
    'def f():\n    "doc"\n    return 1.0',
    'def f(): return 1,2\ndef g(): return 1,2',
    'while True: break',
    '@d\nclass C(B, m=1): x=1',
    'x = y = None',
    'x = (1\ny = 2',
    "x = 'abc",
    '  x = 1',
    'if x:\npass',
    'f(a for a in b, c)',
    'def f():\n x = 1\n global x',
    '[x := 1 for x in y]',
    'match x:\n case a: pass\n case b: pass',
    'from __future__ import nope',
    'x = 08',
    '(a, b) += 1',
    'del f()',
    'a b',
    'x = [1, 2\ny = 3]',
    "'''abc",
    'def f(x):\n def g():\n  global x\n  nonlocal x',
    'f(y=1)\nf(y=1)',
    'f(y=1)',
    'f(y=1); 5',
    'def work(x, *, y): return (lambda z: z[x])(y)',
    'def work(x, *, y): return (lambda z: z[x])(y)\nf(0, y=1)',
    'def g(y): return 1\nf(y=1)',
    'f(y=1); y',
    "class Node:\n    __slots__ = ('next',)\n    def __init__(self, next): self.next = next",
    "class Node:\n    __slots__ = ('next',)\nNode(1)",
    "class Node:\n    __slots__ = ('next',)\n    def __init__(self, next): self.next = next\nfor _ in range(1000000): head = Node(head)",
    "class Node:\n    __slots__ = ('next',)\n    def __init__(self, next): self.next = next\nprint(1)",
    "class Node:\n    __slots__ = ('next',)\n    def f(self, next): self.next = next",
    "def f(next): x=('next',)\ndef g(self): self.next",
    "x=('next',)\ndef g(self): self.next",
    "def f(): return ('a',)\ndef g(): a; b",
    "def f(): return ('a',)\ndef g(): a",
):
    measure(source)
gc.enable()
