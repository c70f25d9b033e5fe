# Several modules: what still holds what when they go, and what their finalizers see.
import first
import second
class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('main', self.name)
first.from_main = D('kept by first')
print('end')
