# sys.stdout replaced by the program: restored before the modules go.
import sys
class Out:
    def __init__(self, under): self.under = under
    def write(self, text): return self.under.write(text.upper())
    def flush(self): pass
    def __del__(self): print('Out dies')
class D:
    def __del__(self): print('del', type(__import__('sys').stdout).__name__)
d = D()
sys.stdout = Out(sys.stdout)
print('shouted')
