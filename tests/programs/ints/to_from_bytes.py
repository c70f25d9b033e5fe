# int.to_bytes and int.from_bytes.
# portable
print((1024).to_bytes(2, 'big'), (1024).to_bytes(2, byteorder='little'), (1).to_bytes(), (0).to_bytes(0, 'big'))
print((-1).to_bytes(3, 'big', signed=True), (-2**31).to_bytes(4, 'little', signed=True), (127).to_bytes(1, 'big', signed=True))
print((2**100).to_bytes(13, 'big'), (2**100).to_bytes(16, 'little'))
for f in (lambda: (256).to_bytes(1, 'big'), lambda: (-1).to_bytes(1, 'big'), lambda: (128).to_bytes(1, 'big', signed=True),
          lambda: (1).to_bytes(1, 'middle'), lambda: (1).to_bytes(-1, 'big'), lambda: (-129).to_bytes(1, 'big', signed=True)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(int.from_bytes(b'\x04\x00', 'big'), int.from_bytes(b'\x04\x00', 'little'), int.from_bytes(b''), int.from_bytes(b'\xff'))
print(int.from_bytes(b'\xff\xff', 'big', signed=True), int.from_bytes(b'\x00\x80', 'little', signed=True))
print(int.from_bytes([1, 2, 3], 'big'), int.from_bytes(bytearray(b'\x01\x00')), int.from_bytes(range(5), 'little'))
print(int.from_bytes(b'\x80' + b'\0' * 15, 'big', signed=True))  # expect: -170141183460469231731687303715884105728
for f in (lambda: int.from_bytes('abc'), lambda: int.from_bytes([256]), lambda: int.from_bytes(5), lambda: int.from_bytes(b'', 'x')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class MyInt(int):
    pass
r = MyInt.from_bytes(b'\x07')
print(type(r).__name__, r)  # expect: MyInt 7
for n in (0, 1, -1, 2**40, -(2**40), 2**64 - 1):
    for order in ('big', 'little'):
        assert int.from_bytes(n.to_bytes(9, order, signed=True), order, signed=True) == n
print('ok')  # expect: ok
