import second
class F:
    def __init__(self, name): self.name = name
    def __del__(self): print('first', self.name, second is None)
def keep(f=None):
    return a
a = [1]
import sys
sys.first_keeper = keep
_hidden = F('_hidden')
z = F('z')
