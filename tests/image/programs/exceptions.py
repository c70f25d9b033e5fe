from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

def fails(depth, payload):
    if depth == 0:
        raise KeyError(payload)
    try:
        fails(depth - 1, [payload])
    except KeyError as error:
        raise LookupError('from %d' % depth) from error
try:
    fails(3, 'deepest')
except LookupError as e:
    kept = e
try:
    try: 1 / 0
    finally: [][1]
except IndexError as e:
    chained = e
group = ExceptionGroup('several', [ValueError('v', [1]), TypeError('t')])
group.add_note('a note on it')
def handler():
    try:
        {}['missing key']
    except KeyError:
        inside = ['the handler']
        read(0, 1)
handler()
