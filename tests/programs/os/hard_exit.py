# os._exit: no finalizers, nothing is flushed.
import atexit
import os
import sys
class D:
    def __del__(self): print('never')
d = D()
atexit.register(print, 'never')
print('flushed', flush=True)
sys.stdout.write('lost')
os.write(1, b'written\n')
try:
    os._exit(7)
finally:
    print('never')
