# Random operations on a list compared with a linked model; a checksum of every answer.
# portable
seed = 5
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
L, M = [], ''
log = 0
for step in range(6000):
    op, c = rnd(12), chr(97 + rnd(26))
    n = len(M)
    i = rnd(n + 3) - 1
    if op < 3:
        L.append(c)
        M += c
    elif op == 3:
        L.insert(i, c)
        j = max(0, n + i) if i < 0 else min(i, n)
        M = M[:j] + c + M[j:]
    elif op == 4 and n:
        j = rnd(n)
        assert L.pop(j) == M[j]
        M = M[:j] + M[j + 1:]
    elif op == 5:
        a, b = sorted((rnd(n + 1), rnd(n + 1)))
        L[a:b] = 'xyz'[:rnd(4)]
        M = M[:a] + ''.join(L[a:len(L) - (n - b)]) + M[b:]
    elif op == 6 and n > 60:
        k = 2 + rnd(3)
        del L[::k]
        M = ''.join(ch for p, ch in enumerate(M) if p % k)
    elif op == 7:
        L.reverse()
        M = M[::-1]
    elif op == 8 and rnd(10) == 0:
        L.sort()
        M = ''.join(sorted(M))
    elif op == 9:
        L += [c, c]
        M += c + c
    elif op == 10 and c in M:
        assert L.index(c) == M.index(c) and L.count(c) == M.count(c)
        L.remove(c)
        M = M.replace(c, '', 1)
    elif op == 11:
        L = L[:] if rnd(2) else list(L)
        if n > 200: del L[100:]; M = M[:100]
    assert len(L) == len(M), (step, op)
    if step % 30 == 0: assert ''.join(L) == M, (step, op)
    log = (log * 31 + len(L) + (ord(L[-1]) if L else 0)) % 1000000007
print(log, ''.join(L)[:40])
