# Random operations on a dict compared with a list of pairs; a checksum of every answer.
# portable
seed = 7
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
def key():
    k = rnd(60)
    return k if k < 20 else 'k%d' % k if k < 40 else (k, str(k)) if k < 50 else float(k)
d, model = {}, []
def find(k):
    for i, (q, _) in enumerate(model):
        if q == k: return i
    return -1
log = 0
for step in range(6000):
    op, k = rnd(12), key()
    i = find(k)
    if op < 4:
        d[k] = step
        if i < 0: model.append((k, step))
        else: model[i] = (model[i][0], step)
        r = step
    elif op < 6:
        r = d.pop(k, None)
        assert r == (model.pop(i)[1] if i >= 0 else None)
        r = -7 if r is None else r
    elif op == 6:
        r = d.get(k, -1)
        assert r == (model[i][1] if i >= 0 else -1)
    elif op == 7:
        r = d.setdefault(k, step)
        if i < 0: model.append((k, step))
        assert r == model[find(k)][1]
    elif op == 8 and model:
        r = d.popitem()
        assert r == model.pop()
        r = r[1]
    elif op == 9:
        if rnd(40) == 0:
            d.clear()
            model.clear()
        r = len(d)
    elif op == 10:
        d = dict(d) if rnd(2) else d.copy()
        r = 1
    else:
        other = {key(): step for _ in range(rnd(4))}
        d |= other
        for q, v in other.items():
            j = find(q)
            if j < 0: model.append((q, v))
            else: model[j] = (model[j][0], v)
        r = len(other)
    assert len(d) == len(model) and (k in d) == (find(k) >= 0)
    if step % 50 == 0: assert list(d.items()) == model and list(reversed(d)) == [q for q, _ in model][::-1]
    log = (log * 31 + r) % 1000000007
print(log, len(d), list(d)[:6])
