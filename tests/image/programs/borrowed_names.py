from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

__all__ = ['value', 'name']
value = name = key = items = 'shared names with the library'
def get(self, key, default=None): return [self, key, default]
class dict_like:
    def __init__(self): self.data = {}; self.name = 'x'; self.items = [self.data]
    def __getitem__(self, key): return self.data[key]
    def __setitem__(self, key, value): self.data[key] = value
    def __repr__(self): return '%s(%r)' % (type(self).__name__, self.data)
    def __eq__(self, other): return self.data == other.data
    def __hash__(self): return hash(self.name)
    def __len__(self): return len(self.data)
d = dict_like()
d['a'] = get(d, 'b'); d['c'] = repr(d['a'][1])
text = repr(d)[:9]
same = d == d
keyed = {d: 'by hash'}
length = len(d)
read(0, 1)
