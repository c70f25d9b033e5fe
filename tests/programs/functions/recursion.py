# Recursion: depth limit, mutual recursion, recovery, setrecursionlimit, Ackermann, Hanoi.
import sys
def fact(n): return 1 if n == 0 else n * fact(n - 1)
print(fact(30))
def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
a, b = depth(0), depth(0)
print(a == b, sys.getrecursionlimit(), a)
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(500), odd(501))
def inf(): return inf()
try:
    inf()
except RecursionError as e:
    print(e)
sys.setrecursionlimit(200)
def count(n=0):
    global deepest
    deepest = n
    count(n + 1)
try:
    count()
except RecursionError as e:
    print(e, deepest)
sys.setrecursionlimit(3000)
def down(n): return n and down(n - 1)
print(down(2500))
for v in (0, -1, 'a', 1):
    try:
        sys.setrecursionlimit(v)
        print('set', v)
    except Exception as e:
        print(type(e).__name__, e)
sys.setrecursionlimit(1000)
class C:
    def __getattr__(self, name): return self.other
    def __repr__(self): return repr(self)
    def __eq__(self, o): return o == self
    def __add__(self, o): return self + o
    def __len__(self): return len(self)
    def __call__(self): return self()
    def __hash__(self): return hash(self)
    def __iter__(self): return iter(self)
    def __bool__(self): return bool(self)
    def __getitem__(self, i): return self[i]
c = C()
for f in (lambda: c.x, lambda: repr(c), lambda: c == C(), lambda: c + 1, lambda: len(c), lambda: c(), lambda: hash(c), lambda: iter(c), lambda: bool(c), lambda: c[0], lambda: str(c), lambda: [c].__repr__()):
    try:
        f()
    except RecursionError as e:
        print(e)
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def hanoi(n, a, b, c): return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a) if n else 0
print(hanoi(10, 'a', 'b', 'c'))
def gen(n):
    yield n
    if n: yield from gen(n - 1)
print(sum(gen(100)))
def g2(): yield from g2()
try:
    list(g2())
except RecursionError as e:
    print(e)
m = lambda f: f(f)
try:
    m(m)
except RecursionError as e:
    print('m(m)', e)
