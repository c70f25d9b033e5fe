# Exceptions: raising, catching, finally, through several frames.
import time


class Problem(Exception):
    pass


def risky(i):
    if i % 3 == 0:
        raise Problem(i)
    if i % 3 == 1:
        return {}['missing']
    return i


def middle(i):
    try:
        return risky(i)
    finally:
        log[0] += 1


def run(n):
    caught = 0
    for i in range(n):
        try:
            middle(i)
        except Problem:
            caught += 1
        except KeyError:
            caught += 2
    return caught


log = [0]
t = time.time()
r = run(900000)
print('elapsed', time.time() - t)
print('answer', r, log[0])
