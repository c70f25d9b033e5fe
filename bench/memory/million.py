# 1,000,000 small objects kept alive, of four kinds, each with a float and a string of its own.
# The bench reads the process's resident size when `objects` is printed, then sends the line that ends it.


class Record:
    def __init__(self, price, name):
        self.price = price
        self.name = name


def make(n):
    kept = []
    for i in range(n // 4):
        kept.append(Record(i * 0.5, 'name ' + str(i)))
        kept.append([i * 0.5, 'name ' + str(i)])
        kept.append((i * 0.5, 'name ' + str(i)))
        kept.append({'price': i * 0.5, 'name': 'name ' + str(i)})
    return kept


heap = make(1000000)
print('objects', len(heap), flush=True)
input()
