from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()

log = []
class Mortal:
    def __init__(self, name, other=None):
        self.name = name
        self.other = other
    def __del__(self):
        log.append(self.name + ' died')
class Phoenix:
    def __del__(self):
        log.append(self)
a = Mortal('first of all', [1])
a = Mortal('the second one')
p = Phoenix(); p.x = 1.5; p = None
q = Phoenix(); q.me = q; q = None
cyclic = Mortal('in a cycle'); cyclic.other = cyclic; del cyclic
found = gc.collect()
waiting = Mortal('waiting in a cycle'); waiting.other = waiting; del waiting
class Stops:
    def __del__(self):
        inside = [self, 'while dying']
        read(0, 1)
s = Stops()
s.value = {'held': 'by the dying'}
del s
