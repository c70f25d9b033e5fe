# Random big integers: identities between operations, and a checksum of all results.
# portable
seed = 12345
def rnd(bits):
    global seed
    n = 0
    for _ in range(0, bits, 24):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        n = n << 24 | seed >> 40
    n &= (1 << bits) - 1
    return -n if seed & 1 else n
check = 0
def note(v):
    global check
    check = (check * 1000003 + v) % (2**61 - 1)
for i in range(400):
    a, b, c = rnd(1 + i * 7 % 500), rnd(1 + i * 13 % 300), rnd(1 + i % 90)
    assert (a + b) - b == a and (a - b) + b == a
    assert a * (b + c) == a * b + a * c
    if b:
        q, r = divmod(a, b)
        assert q * b + r == a and (0 <= r < b or b < r <= 0)
        assert a // b == q and a % b == r
        note(q)
        note(r)
    k = abs(c) % 200
    assert a << k == a * 2**k and a >> k == a // 2**k
    assert (a & b) + (a | b) == a + b and a ^ b == (a | b) - (a & b) and ~a == -a - 1
    assert int(str(a)) == a and int(hex(a), 16) == a and int(bin(a), 2) == a and int(oct(a), 8) == a
    n = (a.bit_length() + 8) // 8
    assert int.from_bytes(a.to_bytes(n, 'big', signed=True), 'big', signed=True) == a
    assert (a < b) == (a - b < 0) and (a == b) == (a - b == 0) and hash(a) == hash(a + 0)
    m = abs(b) + 2
    assert pow(a, k, m) == pow(a % m, k, m) and pow(a, 3, m) == a * a * a % m
    assert -(-a) == a and abs(a) == max(a, -a) and (a ** 2) == a * a
    note(a * b)
    note(a & c)
    note(a ^ b)
    note(pow(a, k, m))
    note(len(str(a)))
    if abs(a) < 2**1000 and b: note(int(a / b) if abs(a // b) < 2**53 else 0)
print(check)
