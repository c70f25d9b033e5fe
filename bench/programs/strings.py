# Strings: building, splitting, joining, replacing, searching.
import time


def run(n):
    total = 0
    for i in range(n):
        s = 'item ' + str(i) + ' of many'
        parts = s.split(' ')
        t = '-'.join(parts).upper()
        total += len(t.replace('-', '')) + t.find('OF')
        if t.startswith('ITEM-1'):
            total += 1
    out = ''
    for i in range(n):
        out += chr(97 + i % 26)
    return total + out.count('z')


t = time.time()
r = run(600000)
print('elapsed', time.time() - t)
print('answer', r)
