# print: sep, end, file, flush; objects with __str__; errors.
import sys
print()
print('a', 'b', 1, None, [1, 'x'], sep=', ', end='.\n')
print('no newline', end='')
print('', 'x', sep='')
print(*'abc', sep='\n')
print('tab\there', 'uni é€😀', '\\', "quote's", b'bytes', r'\raw')
print(1, 2, sep=None, end=None)
print('to stderr', file=sys.stderr)
print('flushed', flush=True)
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append('FLUSH')
w = W()
print('a', 1, sep='-', file=w, flush=True)
print(w.parts)
class S:
    def __str__(self): return 'str of S'
    def __repr__(self): return 'repr of S'
print(S(), [S()], {S(): S()}, (S(),), f'{S()}', f'{S()!r}')
for f in (lambda: print(sep=1), lambda: print('a', end=5), lambda: print('x', file=5), lambda: print('x', foo=1), lambda: print(1, file='x'), lambda: print('a', sep=b'')):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
class Bad:
    def __str__(self): raise ValueError('cannot print')
try:
    print('start', Bad(), 'end')
except ValueError as e:
    print()
    print(e)
print(print('nested'))
old = sys.stdout
sys.stdout = w
print('captured')
sys.stdout = old
print(w.parts[-2:], sys.stdout is old)
sys.stdout.write('written\n')
print(sys.stdout.write('four') == 4)
sys.stderr.write('err line\n')
sys.stdout.writelines(['l1\n', 'l2\n'])
print(sys.stdout.name, sys.stdout.encoding, sys.stdout.errors, sys.stdout.mode, sys.stderr.name, sys.stdout.isatty(), sys.stdout.fileno(), sys.__stdout__ is sys.stdout, sys.stdout.writable(), sys.stdout.readable())
sys.stdout = None
print('goes nowhere')
sys.stdout = old
try:
    print('\ud800')
except UnicodeEncodeError as e:
    print(e.reason)
print('end')
