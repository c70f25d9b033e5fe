# encode and decode: utf-8, utf-16, utf-32, latin-1, ascii, error handlers.
# portable
s = 'aé€😀'
for enc in ('utf-8', 'UTF8', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-be', 'utf-8-sig'):
    b = s.encode(enc)
    print(enc, b, b.decode(enc) == s)
for enc in ('ascii', 'latin-1', 'iso-8859-1'):
    for err in ('strict', 'ignore', 'replace', 'xmlcharrefreplace', 'backslashreplace', 'namereplace', 'surrogateescape'):
        try:
            print(enc, err, s.encode(enc, err))
        except UnicodeEncodeError as e:
            print(e, '|', e.encoding, e.start, e.end, e.reason, ascii(e.object))
for b in (b'\xff', b'\xc3', b'\xc3(', b'\xe2\x82', b'\xed\xa0\x80', b'\xf0\x9f\x98', b'\xf4\x90\x80\x80', b'\xc0\x80', b'ab\x80cd', b'\xe2(\xa1'):
    for err in ('strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape'):
        try:
            print(ascii(b.decode('utf-8', err)))
        except UnicodeDecodeError as e:
            print(e, '|', e.start, e.end, e.reason)
try:
    b'\x80'.decode('ascii')
except UnicodeDecodeError as e:
    print(e)
print('\udc80'.encode('utf-8', 'surrogateescape'), '\ud800'.encode('utf-8', 'surrogatepass'), ascii(b'\xed\xa0\x80'.decode('utf-8', 'surrogatepass')))
for f in (lambda: '\ud800'.encode(), lambda: 'a'.encode('nope'), lambda: b'a'.decode('nope'), lambda: 'é'.encode('ascii', 'nope'), lambda: b'\xff\xfe\x00'.decode('utf-16'), lambda: 'a'.encode(5), lambda: b'\x00\xd8'.decode('utf-16-le')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(b'\xff\xfea\x00'.decode('utf-16'), b'\xfe\xff\x00a'.decode('utf-16'), b'a\x00'.decode('utf-16-le'), b'\xef\xbb\xbfa'.decode('utf-8-sig'), ascii(b'\xef\xbb\xbfa'.decode()))
print('é\n€\\'.encode('unicode_escape'), b'\\u20ac\\n\\x41'.decode('unicode_escape'), 'é€'.encode('raw_unicode_escape'), bytes('é', 'utf-8'), bytes('é', encoding='latin-1'), 'abc'.encode(encoding='ascii', errors='strict'), ''.encode(), b''.decode())
