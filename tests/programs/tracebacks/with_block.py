# An error in a with block; the line of __exit__ is not shown.
# portable
class CM:
    def __enter__(self): return self
    def __exit__(self, *a):
        print("exit", a[0].__name__)
        return False
with CM() as a, \
     CM() as b:
    int("not a number")
