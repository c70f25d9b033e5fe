# Hundreds of live generators of many kinds stepped in turn, some closed, some thrown into, some dropped.
log = []
def gen(i):
    try:
        x = 0
        while True:
            got = yield i * 1000 + x
            x += got or 1
            if x > 40 + i % 7: return x
    except KeyError:
        yield -i
    finally:
        log.append(i)
seed = 3
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
def outer(i): return (yield from gen(i))
live = {i: gen(i) if i % 3 else outer(i) for i in range(300)}
total = 0
for g in live.values(): total += next(g)
while live:
    i = list(live)[rnd(len(live))]
    g = live[i]
    op = rnd(10)
    try:
        if op < 5: total += next(g)
        elif op < 8: total += g.send(rnd(9))
        elif op == 8: total += g.throw(KeyError)
        elif rnd(3) == 0:
            g.close()
            del live[i]
        else: del live[i]
    except StopIteration as e:
        total += e.value or 0
        live.pop(i, None)
    except KeyError:
        live.pop(i, None)
    g = None
print(total, len(log), sum(k * v for k, v in enumerate(log)) % 1000003)
