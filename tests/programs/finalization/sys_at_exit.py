# What sys and builtins still give to finalizers at the very end.
import sys
import builtins
class D:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        import sys as s
        print(self.name, s.is_finalizing(), s.stdout is s.__stdout__, len is not None, open is not None, sorted(['b', 'a']), s.path is None, s.argv is None)
sys.kept = D('in sys')
builtins.kept = D('in builtins')
d = D('in main')
sys.modules['extra'] = D('in sys.modules')
print('end')
