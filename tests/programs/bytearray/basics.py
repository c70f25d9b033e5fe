# bytearray: construction, mutation, slices, methods.
# portable
ba = bytearray(b'hello')
ba[0] = 72
ba.append(33)
ba.extend(b' w')
ba.extend([120, 121])
ba += b'z'
print(ba, len(ba), ba[0], ba[-1], ba[1:3], type(ba[1:3]))
ba[1:3] = b'EEEE'
print(ba)  # expect: bytearray(b'HEEEElo! wxyz')
ba[::2] = b'.' * len(ba[::2])
print(ba)  # expect: bytearray(b'.E.E.l.!.w.y.')
del ba[0], ba[-1]
del ba[::3]
print(ba)  # expect: bytearray(b'.El..wy')
ba.insert(0, 65)
ba.insert(100, 90)
ba.insert(-1, 66)
print(ba, ba.pop(), ba.pop(0), ba)  # expect: bytearray(b'.El..wyB') 90 65 bytearray(b'.El..wyB')
ba.remove(46)
ba.reverse()
print(ba, ba.copy(), ba * 2, ba + b'x', b'x' + ba, type(b'x' + ba), ba == bytes(ba), bytes(ba) == ba)
ba.clear()
print(ba, bytearray(), bytearray(3), bytearray([1, 2]), bytearray('é', 'utf-8'), bytearray(b'\x00"\''), bytearray(range(5)))
x = bytearray(b'abc')
for f in (lambda: x.append(256), lambda: x.append('a'), lambda: x.__setitem__(0, -1), lambda: x.__setitem__(9, 1), lambda: x.pop(9), lambda: bytearray().pop(), lambda: x.remove(200), lambda: hash(x), lambda: x.extend([300]), lambda: x.extend('abc'), lambda: x.extend(5),
          lambda: bytearray('a'), lambda: bytearray(-1), lambda: x.__setitem__(slice(0, 2), 'ab'), lambda: x.__setitem__(slice(0, 3, 2), b'abc'), lambda: x + 'a', lambda: {x: 1}, lambda: x.__setitem__(slice(0, 1), 7), lambda: x[5]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(x, x.upper(), x.find(b'c'), x.split(b'b'), x.replace(b'a', b'zz'), x.join([b'1', bytearray(b'2')]), x.hex(), x.decode(), x.startswith(b'a'), x.center(7, b'-'), x.translate(bytes(range(256))), x.isalpha(), bytearray.fromhex('4142'), x % () if False else bytearray(b'%d') % 5)
x *= 3
print(x, x.count(b'abc'), x.index(b'c', 3), 97 in x, b'ca' in x, list(x)[:3], x[::-1], max(x), sorted(x)[:3], x < b'b', x > bytearray(b'a'), x != b'')
y = x
y += b'!'
print(x is y, x, repr(bytearray(b"it's")), str(bytearray(b'q')), bool(bytearray()), bool(bytearray(1)))
m = memoryview(x)
for op in (lambda: x.append(1), lambda: x.clear(), lambda: x.pop(), lambda: x.__delitem__(0), lambda: x.__iadd__(b'z')):
    try:
        op()
    except BufferError as e:
        print(e)
x[0] = 90
print(m[0], bytes(m[:3]))  # expect: 90 b'Zbc'
m.release()
x.append(1)
print(x)  # expect: bytearray(b'Zbcabcabc!\x01')
