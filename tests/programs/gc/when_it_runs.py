# Automatic collections run at function calls and loop jumps, not inside the allocation.
import gc
gc.collect()
gc.freeze()
gc.set_threshold(10)
class W:
    def __init__(self): self.me = self
    def __del__(self): log.append(len(log))
log = []
def straight():
    W(); W(); W(); W()
    a = [[], [], [], [], [], [], [], [], [], [], [], [], [], [], []]
    return len(log)
print(straight() <= 4, len(log) <= 4)
gc.set_threshold(1000)
gc.collect()
log.clear()
gc.set_threshold(5)
for i in range(20): W()
gc.set_threshold(0)
n = len(log)
print(n > 0, n <= 20)
gc.collect()
print(len(log))
log.clear()
gc.disable()
for i in range(50): W()
print(len(log), gc.isenabled())
gc.enable()
gc.collect()
print(len(log))
