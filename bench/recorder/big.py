# a heap of 200 MB, of which any part may change
import sys


def work(n):
    heap = [[i, str(i)] for i in range(1200000)]
    at = 1
    for i in range(n):
        at = (at * 1103515245 + 12345) % 2147483648
        if i % 10000 == 0:
            heap[at % 1200000] = [at, str(i)]
    return len(heap)


print(work(max(0, int(sys.argv[1]) - 22000000) // 17))
