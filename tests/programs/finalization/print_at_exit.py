# Output that is made late is still written: in atexit, in __del__, without a newline.
import atexit
import sys
class D:
    def __del__(self):
        sys.stdout.write('from del, ')
        print('printed', end='')
        sys.stdout.write(' and no newline')
class Late:
    def __del__(self, w=sys.stdout.write):
        w('late|')
d = D()
_l = Late()
atexit.register(sys.stdout.write, 'atexit|')
sys.stdout.write('main|')
