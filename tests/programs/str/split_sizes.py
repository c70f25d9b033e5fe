import sys
g=sys.getsizeof
for s in ('','e','a','ab','aeb','aebec','€','€e', 'a b',' ', 'é', 'éeé'):
    b=s.encode()
    print(repr(s), [g(x) for x in (s.split('e'), s.split('eb'), s.split(), s.rsplit('e'), s.rsplit(), s.split('€'), s.split('e',1), s.split(None,1), s.splitlines(), s.rsplit('eb'), s.split('e',0), s.split(None,0), s.rsplit('e',0))])
    print([g(x) for x in (b.split(b'e'), b.split(b'eb'), b.split(), b.rsplit(b'e'), b.rsplit(), b.split(b'e',1), b.split(None,1), b.splitlines(), b.rsplit(b'eb'), b.split(b'e',0))])
    b=bytearray(b)
    print([g(x) for x in (b.split(b'e'), b.split(b'eb'), b.split(), b.rsplit(b'e'), b.rsplit(), b.split(b'e',1), b.split(None,1), b.splitlines(), b.rsplit(b'eb'), b.split(b'e',0))])
