# Packing and unpacking values of every code: limits, floats of all widths, texts.
import struct
def tr(f, *a):
    try: r=f(*a); print('ok', r)
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
for p in ('@', '<', '>'):
    for c, lo, hi in (('b',-128,127),('B',0,255),('h',-2**15,2**15-1),('H',0,2**16-1),('i',-2**31,2**31-1),('I',0,2**32-1),('l',-2**63 if p=='@' else -2**31,2**63-1 if p=='@' else 2**31-1),('L',0,2**64-1 if p=='@' else 2**32-1),('q',-2**63,2**63-1),('Q',0,2**64-1)) + ((('n',-2**63,2**63-1),('N',0,2**64-1),('P',0,2**64-1)) if p == '@' else ()):
        for v in (lo, hi, lo-1, hi+1, 1, 'a', 1.5, None, True):
            tr(struct.pack, p+c, v)
class Ix:
    def __index__(self): return 7
class Fl:
    def __float__(self): return 2.5
tr(struct.pack, 'bhiq', Ix(), Ix(), Ix(), Ix()); tr(struct.pack, 'fd', Fl(), Fl())
for c in 'efd':
    for p in '<>':
        for v in (0, 1, -1.5, 0.1, 65504, 65520, 1e30, 1e300, 5.96e-8, 2.98e-8, 1e-320, float('inf'), float('-inf'), float('nan'), 'a', None, 10**400, -0.0, 3.4028235677973366e+38, 2049, 2051):
            tr(struct.pack, p+c, v)
        for b in (b'\0'*8, b'\xff'*8, b'\x00\x3c\x00\x3c\0\0\0\0', bytes(range(8))): tr(struct.unpack_from, p+c, b)
for v in (b'a', b'', b'ab', 'a', 5, bytearray(b'x')): tr(struct.pack, 'c', v); tr(struct.pack, '3s', v); tr(struct.pack, '3p', v); tr(struct.pack, '0s', v); tr(struct.pack, '?', v)
tr(struct.pack, '300p', b'x'*400); tr(struct.pack, '?', [])
for v in (b'\3abc', b'\2abc', b'\xffabc', b'\0abc'): tr(struct.unpack, '4p', v); tr(struct.unpack, '4s', v); tr(struct.unpack, '4c', v); tr(struct.unpack, '<hh', v); tr(struct.unpack, '>I', v); tr(struct.unpack, 'x?b?', v); tr(struct.unpack, '=2xH', v)
