# Requests that can never be met raise MemoryError or OverflowError; the program goes on.
def t(f):
    try:
        f()
        print('fine')
    except (MemoryError, OverflowError, ValueError) as e:
        print(type(e).__name__, e)
t(lambda: [0] * (1 << 62))
t(lambda: 'a' * (1 << 62))
t(lambda: b'a' * (1 << 62))
t(lambda: (0,) * (1 << 62))
t(lambda: bytearray(1 << 62))
t(lambda: bytes(1 << 62))
t(lambda: list(range(1 << 62)))
t(lambda: 'x'.ljust(1 << 62))
t(lambda: [0] * (1 << 70))
t(lambda: range(10)[1 << 80])if False else None
t(lambda: 1 << (1 << 70))
t(lambda: ' '.join(['a' * (1 << 20)]) and 'ok')
t(lambda: bytearray(b'x') * (1 << 62))
t(lambda: 'ab'.zfill(1 << 62))
print('still alive', [1] * 3)
