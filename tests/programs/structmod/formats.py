# Every format code in every byte order: sizes, alignment, repeats, what is refused.
import struct
def tr(f, *a):
    try: r=f(*a); print('ok', r)
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
for p in ('', '@', '=', '<', '>', '!'):
    for c in 'xcbBhHiIlLqQnN?efdspP':
        tr(struct.calcsize, p + c); tr(struct.calcsize, p + 'b' + c); tr(struct.calcsize, p + c + '3b'); tr(struct.calcsize, p+'5'+c)
for f in ('', '3', 'k', '<P', '>n', 'b b', ' b\tb', '2 b', 'bhiq', '0i', 'b0i', 'b0q', '99999999999999999999s', '9999999999999999999b', '@b@b', 'i\x00', b'ib', bytearray(b'i'), 5, None, 'é', '3s2p', '0s', 'xx'):
    tr(struct.calcsize, f)
