# Exceptions from finalizers while the modules go, with the traceback's text and without names.
class D:
    def __init__(self, n): self.n = n
    def __del__(self):
        raise ValueError('at exit', self.n)
class E:
    def __del__(self):
        helper()
def helper():
    return missing.attribute
_first = D('first')
d = D('second')
missing = None
e = E()
print('end')
