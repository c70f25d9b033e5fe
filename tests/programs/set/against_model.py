# Random operations on sets compared with sorted lists; a checksum of every answer.
# portable
seed = 99
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
s, m = set(), []
log = 0
for step in range(5000):
    op, k = rnd(9), rnd(80) * 1024 if step & 64 else rnd(80)
    if op < 3:
        s.add(k)
        if k not in m: m.append(k)
    elif op < 5:
        s.discard(k)
        if k in m: m.remove(k)
    elif op == 5:
        o = {rnd(80) for _ in range(rnd(10))}
        for name, f in (('or', lambda x: x in m or x in o), ('and', lambda x: x in m and x in o), ('sub', lambda x: x in m and x not in o), ('xor', lambda x: (x in m) != (x in o))):
            r = getattr(s, f'__{name}__')(o)
            want = sorted({x for x in list(m) + list(o) if f(x)})
            assert sorted(r) == want
            log = (log * 31 + sum(r)) % 1000000007
    elif op == 6:
        o = {rnd(80) for _ in range(rnd(30))}
        if rnd(4) == 0:
            s &= o
            m = [x for x in m if x in o]
        else:
            s |= o
            m += [x for x in o if x not in m]
    elif op == 7:
        s = set(s) if rnd(2) else s.copy()
    elif s and rnd(3) == 0:
        x = s.pop()
        m.remove(x)
    assert len(s) == len(m) and (k in s) == (k in m)
    if step % 40 == 0: assert sorted(s) == sorted(m) and frozenset(s) == s and hash(frozenset(s)) == hash(frozenset(m))
    log = (log * 31 + len(s)) % 1000000007
print(log, sorted(s)[:10])
