# "Did you mean" is part of the printed traceback, not of str(e): attributes name and obj.
# portable
class A:
    def __init__(self):
        self.colour = 1
        self.first_name = 2
    def method(self): pass
a = A()
for f in (lambda: a.color, lambda: a.frist_name, lambda: a.Method, lambda: [].appendd, lambda: ''.joim, lambda: undefinedd, lambda: prnt, lambda: a.zzzzzz, lambda: (5).bit_lenght):
    try:
        f()
    except (AttributeError, NameError) as e:
        print(e, e.name, type(getattr(e, 'obj', None)).__name__)
import sys
for code in ('from sys import getrefcont', 'import syss', 'from sys import zzzz', 'import sys.path', 'from math import sine'):
    try:
        exec(code)
    except ImportError as e:
        print(type(e).__name__, str(e).split(' (')[0], e.name, getattr(e, 'name_from', None))
import sys
sys.setrecursionlimit_(5)
