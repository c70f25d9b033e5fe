# io.IncrementalNewlineDecoder: pending ends, translation, states, over a decoder and alone.
import codecs
import io

for translate in (False, True):
    d = io.IncrementalNewlineDecoder(None, translate)
    print(translate, d.newlines)
    for text, final in [('abc\r', False), ('\ndef', False), ('x\ry\n', False), ('z\r', False), ('', True), ('€\r\n\r', True)]:
        print(repr(d.decode(text, final)), d.getstate(), d.newlines)
    d.reset()
    print(d.getstate(), d.newlines, repr(d.decode('\n\n')), d.newlines)
d = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder('utf-8')(), translate=True)
for data in (b'a\r', b'\nb\xe2', b'\x82', b'\xac\r\n'):
    print(repr(d.decode(data)), d.getstate())
state = d.getstate()
d.setstate((b'\xe2\x82', 1))
print(repr(d.decode(b'\xac', final=True)), d.newlines)
d.setstate(state)


class Bytes:
    def decode(self, data, final=False): return data
    def getstate(self): return 'wrong'


for call in (lambda: io.IncrementalNewlineDecoder(Bytes(), True).decode(b'x'), lambda: io.IncrementalNewlineDecoder(Bytes(), 1).getstate(),
             lambda: io.IncrementalNewlineDecoder.__new__(io.IncrementalNewlineDecoder).decode(''), lambda: d.setstate(3), lambda: d.setstate((1,)),
             lambda: io.IncrementalNewlineDecoder()):
    try: print(call())
    except Exception as e: print(type(e).__name__, e)
