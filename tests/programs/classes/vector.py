# A numeric class with the full set of operators, used as a small library would.
# portable
class Vec:
    __slots__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return f'Vec({self.x!r}, {self.y!r})'
    def __iter__(self): yield self.x; yield self.y
    def __eq__(self, o): return isinstance(o, Vec) and tuple(self) == tuple(o)
    def __hash__(self): return hash(tuple(self))
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y) if isinstance(o, Vec) else NotImplemented
    def __sub__(self, o): return self + -o
    def __neg__(self): return Vec(-self.x, -self.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __truediv__(self, k): return Vec(self.x / k, self.y / k)
    def __abs__(self): return (self @ self) ** 0.5
    def __bool__(self): return any(self)
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __lt__(self, o): return abs(self) < abs(o)
    def __format__(self, spec): return f'<{self.x:{spec}}; {self.y:{spec}}>'
    def __round__(self, n=None): return Vec(round(self.x, n), round(self.y, n))
    def __call__(self, f): return Vec(*map(f, self))
    def __contains__(self, v): return v in tuple(self)
    @classmethod
    def unit(cls): return cls(1, 0)
    @property
    def length2(self): return self @ self
a, b = Vec(3, 4), Vec(1, -2)
print(a + b, a - b, -a, a * 2, 2 * a, a @ b, a / 2, abs(a), bool(Vec(0, 0)), a[0], a[-1], a[:], len(a), [*a], a == Vec(3, 4), a != b, hash(a) == hash((3, 4)))
print(sorted([a, b, Vec(0, 1)]), max(a, b), f'{a:.2f} {b:+d}', round(Vec(1.26, 2.35), 1), a(lambda v: v * v), 4 in a, 5 in a, Vec.unit(), a.length2, sum([a, b], Vec(0, 0)), {a: 1}[Vec(3, 4)])
x, y = a
a += b
print(x, y, a, a is b)  # expect: 3 4 Vec(4, 2) False
a *= 3
print(a, reversed(a).__next__(), list(reversed(a)), a > b, a.__lt__(b), min([a, b], key=abs))
for f in (lambda: a + 1, lambda: 1 + a, lambda: a * a @ a, lambda: a.z, lambda: a[5], lambda: a <= b, lambda: a - 5):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class V3(Vec):
    __slots__ = ('z',)
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z
    def __iter__(self): yield from super().__iter__(); yield self.z
print([*V3(1, 2, 3)], V3(1, 2, 3) == Vec(1, 2), V3(1, 2, 3) + a, V3.unit if False else V3.__mro__)
