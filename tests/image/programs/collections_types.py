from posix import read
from _collections import deque, defaultdict
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc
queue = deque(maxlen=5)
for i in range(12): queue.append([i])
long = deque(float(i) for i in range(200))
for i in range(70): long.popleft()
long.rotate(3)
counted = defaultdict(list)
for word in 'a b a c b a'.split(): counted[word].append(word)
class Sub(defaultdict): pass
sub = Sub(int, x=[1]); sub['y'] += 1; sub.note = sub
iterating = iter(long); next(iterating)
empty = deque()
read(0, 1)
