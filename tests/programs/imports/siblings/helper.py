"""doc of helper"""
print('helper runs', __name__)
__all__ = ['public', 'double']
value = 1
public = 'public name'
hidden = 'not exported'
counter = 0
counter += 1
def double(x): return x * 2
