# Slide "Not in real time": garbage in cycles waits until the collector runs.
import gc


class Node:
    alive = 0

    def __init__(self):
        Node.alive += 1
        self.me = self

    def __del__(self):
        Node.alive -= 1


gc.collect()
gc.freeze()
threshold = gc.get_threshold()[0]
most = 0
for _ in range(5 * threshold):
    Node()
    most = max(most, Node.alive)
print('made:', 5 * threshold, 'nodes, each in a cycle of its own')
print('waiting at most:', 'fewer than all' if most < 5 * threshold else 'all', '/ more than one:', most > 1)
print('gc.collect() leaves:', gc.collect() * 0 + Node.alive)
