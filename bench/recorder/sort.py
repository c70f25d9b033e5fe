# all of it runs under sorted(key=f)
import sys


def key(item):
    a = 0
    for i in range(600):
        a = (a * 3 + item + i) % 65521
    return a


print(sorted(range(int(sys.argv[1]) // 9650), key=key)[:3])
