# Dicts: counting, look-ups, deletes, string and int keys.
import time


def run(n):
    counts = {}
    for i in range(n):
        k = i * 7919 % 10007
        counts[k] = counts.get(k, 0) + 1
    names = {}
    for i in range(n // 4):
        s = 'key' + str(i % 5000)
        if s in names:
            names[s] += i
        else:
            names[s] = i
    for i in range(0, 5000, 2):
        del names['key' + str(i)]
    return len(counts), len(names), sum(names.values())


t = time.time()
r = run(2000000)
print('elapsed', time.time() - t)
print('answer', r[0], r[1], r[2])
