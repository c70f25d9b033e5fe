# Raising in many shapes in a loop: unwinding through loops, finally, with, generators and comprehensions, counted.
# portable
class A(Exception): pass
class B(A): pass
class CM:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): count['enter'] = count.get('enter', 0) + 1
    def __exit__(self, t, v, tb):
        count['exit'] = count.get('exit', 0) + 1
        return self.swallow and t is B
count = {}
def hit(n): count[n] = count.get(n, 0) + 1
def shape(i):
    for j in range(3):
        try:
            with CM(i % 2):
                if i % 5 == j: raise B(i)
                if i % 7 == j: raise A(i)
                if i % 11 == j: continue
                if i % 13 == j: break
            hit('normal')
        except B as e:
            hit('B')
            if i % 3 == 0: raise KeyError(i) from e
        finally:
            hit('finally')
            if i % 17 == j: return 'finally return'
    else:
        hit('else')
    return sum(1 // (x if x != i % 4 else 1) for x in range(1, 4))
def gen(i):
    try:
        yield shape(i)
    except A:
        yield 'gen A'
    finally:
        hit('gen finally')
out = {}
for i in range(2000):
    try:
        for r in gen(i):
            out[r] = out.get(r, 0) + 1
            if i % 19 == 0: break
            if i % 23 == 0: raise ValueError
    except (KeyError, ValueError) as e:
        k = type(e).__name__ + (' from ' + type(e.__cause__).__name__ if e.__cause__ else '')
        out[k] = out.get(k, 0) + 1
print(sorted(count.items()))
print(sorted(out.items(), key=str))
