# Every trace of some statements, sizes and lines, as CPython has them.
import _tracemalloc as t
import gc
def traces(code):
    """What is still allocated that `code` made, as (line of code, size); without the sizes that wait in free lists."""
    ns = {}
    c = compile(code, 'code', 'exec')
    exec(c, {})
    gc.collect()
    t.start()
    exec(c, ns)
    rows = sorted((line, size) for domain, size, ((name, line),), total in t._get_traces()
                  if name == 'code' and size not in (48, 56, 64))
    t.stop()
    return rows
print(traces('x = [1, 2, 3]\ny = [None] * 100\nz = list(range(50))\nw = [i for i in range(40)]'))
print(traces('x = {}\nx["a"] = 1\nfor i in range(20): x[i] = 1\ny = dict(x)\nz = {**x}'))
print(traces('x = set()\nx.add(1)\nx.update(range(30))\ny = frozenset(x)\nz = x | {1}'))
print(traces('x = "abc" * 100\ny = "\\u0416" * 100\nz = x + y\nw = y.encode()\nv = "a".join([x] * 3)'))
print(traces('x = b"abc" * 100\ny = bytearray(100)\nfor i in range(100): y.append(1)\nz = bytes(50)'))
print(traces('x = 1 << 100\ny = x * x\nz = x - 1\nw = 1.5\nv = w * 2\nu = 3j'))
print(traces('def f(a, b=[1]): return a\ng = lambda: 0\nx = f'))
print(traces('class C:\n    pass\n'))
print(traces('class C:\n    def __init__(self):\n        self.a = 1\n        self.b = [2]\nx = C()\ny = [C() for i in range(5)]\nz = C()\nz.__dict__'))
print(traces('class S:\n    __slots__ = ("a", "b")\nx = S()\nx.a = [1]'))
print(traces('def g():\n    x = [1]\n    yield x\ny = g()\nz = next(y)\nw = (i for i in [])'))
print(traces('x = [[] for i in range(10)]\ny = [{} for i in range(3)]\nz = [(i, i) for i in range(300, 303)]\nw = [[i] for i in range(5)]'))
print(traces('x = iter([])\ny = zip([], [])\nz = enumerate([])\nw = map(len, [])\nv = reversed([1])\nu = range(10**10)\nt = iter(u)\ns = memoryview(b"abc")'))
print(traces('import sys\nx = sys._getframe()\ny = [].append\nz = object()\nw = type("T", (), {})'))
print(traces('try:\n    1/0\nexcept Exception as e:\n    x = e\n'))
print(traces('import types\nx = types.SimpleNamespace(a=1)\ny = types.ModuleType("m")\n'))
print(traces('import weakref\nclass C: pass\nx = C()\ny = weakref.ref(x)\nz = weakref.ref(x, repr)\nw = weakref.proxy(x)'))
print(traces('x = "a b c".split()\ny = sorted([3, 1, 2])\nz = "abc".partition("b")\nw = list("hello")\nv = tuple(range(10))'))
print(traces('x = [1]\nfor i in range(1000): x.append(i)\ndel x[5:]\ny = x * 3\nx.clear()'))
