# Allocation and freeing: ints, tuples, lists and dicts, made and dropped in bulk, so that not the bytecode is timed.
import time


def run(n, rounds):
    made = 0
    empty = [()] * n
    for _ in range(rounds):
        made += len(list(range(1000, 1000 + n)))
        made += len(list(zip(empty, empty)))
        made += len(list(enumerate(empty)))
        made += len(list(map(list, empty)))
        made += len(list(map(dict, empty)))
    return made


t = time.time()
r = run(200000, 20)
print('elapsed', time.time() - t)
print('answer', r)
