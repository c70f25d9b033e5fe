# Generator programs: pipelines, primes, permutations, lazy files, round robin scheduler.
# portable
def count(n=0):
    while True:
        yield n
        n += 1
def take(n, it): return [x for x, _ in zip(it, range(n))]
def sieve(it):
    p = next(it)
    yield p
    yield from sieve(x for x in it if x % p)
print(take(15, sieve(count(2))))  # expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
def perms(xs):
    if len(xs) < 2: yield tuple(xs)
    for i in range(len(xs) if len(xs) > 1 else 0):
        for p in perms(xs[:i] + xs[i + 1:]): yield (xs[i],) + p
print(list(perms([1, 2, 3])))  # expect: [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)]
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print(take(12, fib()), take(3, (x for x in fib() if x > 1000)))
def lines(text):
    for l in text.split('\n'): yield l
def grep(p, it): return (l for l in it if p in l)
def number(it): yield from (f'{i}: {l}' for i, l in enumerate(it, 1))
print(list(number(grep('a', lines('apple\nberry\nbanana\ncherry\ndate')))))
def sched(*tasks):
    q = list(tasks)
    while q:
        t = q.pop(0)
        try:
            print(next(t), end=' ')
            q.append(t)
        except StopIteration as e:
            print('done', e.value, end=' ')
    print()
def task(n, k):
    for i in range(k): yield f'{n}{i}'
    return n
sched(task('a', 2), task('b', 3), task('c', 1))
def windows(it, n):
    w = []
    for x in it:
        w.append(x)
        if len(w) == n:
            yield tuple(w)
            w.pop(0)
print(list(windows(range(5), 3)))  # expect: [(0, 1, 2), (1, 2, 3), (2, 3, 4)]
def merge(*its):
    heads = [[next(i), i] for i in map(iter, its)]
    while heads:
        h = min(heads, key=lambda p: p[0])
        yield h[0]
        try:
            h[0] = next(h[1])
        except StopIteration:
            heads.remove(h)
print(list(merge([1, 4, 7], [2, 5, 8], [0, 9])))  # expect: [0, 1, 2, 4, 5, 7, 8, 9]
def coroutine(f):
    def start(*a):
        g = f(*a)
        next(g)
        return g
    return start
@coroutine
def printer():
    while True: print('<', (yield), '>')
@coroutine
def filt(pred, target):
    while True:
        v = yield
        if pred(v): target.send(v)
f = filt(lambda v: v % 2, printer())
for i in range(5): f.send(i)
hanoi = lambda n, a, b, c: iter(()) if n == 0 else (m for part in (hanoi(n - 1, a, c, b), [(a, c)], hanoi(n - 1, b, a, c)) for m in part)
print(list(hanoi(3, 'A', 'B', 'C')))
def bt(n, placed=()):
    if len(placed) == n: yield placed
    else:
        for c in range(n):
            if all(c != p and abs(c - p) != len(placed) - i for i, p in enumerate(placed)): yield from bt(n, placed + (c,))
print(next(bt(8)), sum(1 for _ in bt(6)))  # expect: (0, 4, 7, 5, 2, 6, 1, 3) 4
