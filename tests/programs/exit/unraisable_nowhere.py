# Finalizers that fail where sys.stderr is gone, and at the very end, when names are None already.
import sys


class Failing:
    def __del__(self):
        print('del', 1 / 0)


class Late:
    def __del__(self):
        print('late', type(self).__name__)


stderr = sys.stderr
sys.stderr = None
Failing()
del sys.stderr
Failing()
sys.stderr = stderr
Late.cycle = Late()
sys.late = Late
print('done')
