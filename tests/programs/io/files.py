# open: writing, reading, appending, modes, with, iteration, errors; the file is made beside the program and removed.
import sys
name = 'io_files_scratch.tmp'
with open(name, 'w') as f:
    print(f.write('line one\nline two\n'), f.name, f.mode, f.encoding, f.closed, f.writable(), f.readable(), f.tell())
    f.writelines(['three\n', 'fo', 'ur'])
    print('printed', 5, file=f)
print(f.closed)  # expect: True
try:
    f.write('x')
except ValueError as e:
    print(e)
with open(name) as f:
    print(repr(f.read(5)), repr(f.readline()), f.tell(), f.readlines(), repr(f.read()), f.seek(0), repr(f.readline()), [l for l in f])
with open(name, 'a') as f: f.write('appended é€😀\n')
with open(name, 'rb') as f:
    b = f.read()
    print(len(b), b[-20:], f.seek(-5, 2), f.read(), f.seek(3), f.read(4), f.tell(), f.seek(1, 1))
with open(name, encoding='utf-8') as f: print(len(f.read()), f.newlines)
with open(name, 'r+') as f:
    f.write('LINE')
    f.seek(0)
    print(f.readline())
with open(name, 'w+b') as f:
    f.write(b'\x00\x01\xff')
    f.seek(0)
    print(f.read(), f.truncate(2), f.seek(0), f.readinto(bytearray(5)))
with open(name, 'w', newline='') as f: f.write('a\r\nb\nc\r')
with open(name) as f: print(repr(f.read()))
with open(name, newline='') as f: print(f.readlines())
for a in ((name, 'x'), ('no/such/file',), (name, 'q'), (name, 'rw'), (name, 'rb', -1, 'utf-8'), (name, ''), (5.5,), ('nope.txt',), ('.',), (name, 'rt+b'), ('', 'r'), ('a\0b',), (None,)):
    try:
        open(*a)
    except Exception as e:
        print(type(e).__name__, e)
with open(name, 'wb') as f: f.write(b'\xff\xfe bad utf8')
with open(name) as f:
    try:
        f.read()
    except UnicodeDecodeError as e:
        print(e)
with open(name, errors='replace') as f: print(ascii(f.read()))
with open(name, 'r', encoding='latin-1') as f: print(ascii(f.read()))
with open(name, 'w') as f:
    try:
        f.read()
    except Exception as e:
        print(type(e).__name__, e)
    try:
        f.write(5)
    except TypeError as e:
        print(e)
with open(name, 'rb') as f:
    for op in (lambda: f.write(b'x'), lambda: f.read('a'), lambda: f.seek('a')):
        try:
            op()
        except Exception as e:
            print(type(e).__name__, e)
f = open(name, 'w')
f.write('not flushed until closed')
print(open(name).read() if False else 'skip')  # expect: skip
f.close()
f.close()
print(open.__name__, type(f).__name__, repr(f))
import os
os.remove(name)
try:
    open(name)
except FileNotFoundError as e:
    print(e, e.errno, e.filename, e.strerror)
