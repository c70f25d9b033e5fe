# repr of floats: shortest digits that read back, exponent thresholds.
# portable
vals = [0.0, -0.0, 1.0, 0.1, 0.2, 0.1 + 0.2, 1e16, 1e15, 123456789012345680.0, 1e22, 1e23, 1e-4, 1e-5, 0.0001234, 1.5e300, 5e-324, 2.2250738585072014e-308,
        1.7976931348623157e308, 1 / 3, 2 / 3, 100.0, 1234567.0, 9007199254740993.0, 1e100, 3.141592653589793, -2.5e-10, 4.35, 0.3, 2.675, 1e21, 12345678.9]
for v in vals:
    print(repr(v), str(v), float(repr(v)) == v)
print(float('inf'), float('-inf'), float('nan'), -float('nan'))  # expect: inf -inf nan nan
print([1.0, -0.0, 2.5], (1e308 * 10,), {0.5: 1.5}, {1.25})  # expect: [1.0, -0.0, 2.5] (inf,) {0.5: 1.5} {1.25}
print(1e309, -1e309, 1e-330, 0.1e1, .5, 5., 1_0.0_1, 1e1_0)  # expect: inf -inf 0.0 1.0 0.5 5.0 10.01 10000000000.0
x = 1.0
for i in range(25):
    print(x, 1 / x)
    x *= 7.3
