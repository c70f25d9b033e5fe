# bool: arithmetic, logic, conversion, singletons, text.
# portable
print(True + True, True * 5, -True, True / 2, True ** 2, True - 1, True // 1, False % 5, 5 - True)
print(True & False, True | False, True ^ True, True & 1, not True, not 0, not '', not [0])
print(type(True & True), type(True + True), type(True | 0), True == 1, True is (1 == 1), hash(True))
print(bool(), bool(0), bool(0.0), bool(0j), bool(''), bool(' '), bool([]), bool([[]]), bool({}), bool(()), bool(None), bool(b''), bool(range(0)), bool(set()), bool(object()))
print(str(True), repr(False), f'{True}', f'{True:d}', f'{True:5}|', f'{False!r:>7}', '%s %d %r' % (True, True, False), format(True, ''), format(True, 's') if False else '')
class A:
    def __bool__(self): return False
class B:
    def __len__(self): return 0
class C:
    def __bool__(self): return 1
class D:
    def __len__(self): return -1
class E:
    def __bool__(self): raise ValueError('no truth')
print(bool(A()), bool(B()), not A(), [1 if B() else 2], A() or 'x', not (B() and 'y'))
for c in (C, D, E):
    try:
        bool(c())
    except Exception as e:
        print(type(e).__name__, e)
print(True.real, True.bit_length(), True.conjugate(), int(True), float(True), complex(True), ['a', 'b'][True], 'x' * True)
try:
    class X(bool): pass
except TypeError as e:
    print(e)
print(bool.__mro__, isinstance(True, int), issubclass(bool, int), bool.__bases__, True is bool(1), bool('False'))
print(True < 2, False < True, max(True, False), sorted([True, False, True]), sum([True] * 5), [True, 1, 1.0].count(1), {True: 'a', 1: 'b'})
print(1 and 2, 0 and 2, 1 or 2, 0 or 2, 0 or '' or [], 1 and 'a' and (), None or 0, not not 5)
print(all([]), any([]), all([1, 0]), any([0, 1]), all(x > 0 for x in (1, 2)), any(x > 5 for x in (1, 2)))
try:
    bool(1, 2)
except TypeError as e:
    print(e)
try:
    bool(x=1)
except TypeError as e:
    print(e)
print(~True if False else 'skip', int('1') == True, True.to_bytes(2, 'big'), True.__and__(False), True.__and__(5), bool.from_bytes(b'\1'))
