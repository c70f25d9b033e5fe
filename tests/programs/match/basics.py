# match: literals, captures, sequences, mappings, classes, guards, or-patterns, as.
# portable
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Color: RED, BLUE = 'r', 'b'
def m(v):
    match v:
        case 0 | 1: return 'zero or one'
        case -5 | 2.5 | 1 + 2j: return 'number'
        case 'hello' | b'bytes': return 'text'
        case None: return 'None'
        case True: return 'never: 1 was before'
        case Color.RED: return 'red'
        case []: return 'empty sequence'
        case [x]: return f'one {x}'
        case [1, *rest]: return f'starts with 1, {rest}'
        case [a, b] if a == b: return f'pair of {a}'
        case (a, [b, *c], *_): return f'nested {a} {b} {c}'
        case {'type': 'circle', 'r': r}: return f'circle {r}'
        case {'k': [p, q], **rest}: return f'map {p} {q} {rest}'
        case {}: return 'some mapping'
        case Point(0, 0): return 'origin'
        case Point(x=0, y=yy): return f'on y at {yy}'
        case Point(x, y) if x == y: return f'diagonal {x}'
        case Point() as p: return f'point {p.x},{p.y}'
        case str(s): return f'str {s}'
        case int() | float() as n: return f'num {n}'
        case set() | frozenset(): return 'set'
        case bool(): return 'bool'
        case _: return f'other {type(v).__name__}'
for v in (0, 1, True, False, -5, 2.5, 1 + 2j, 'hello', b'bytes', None, 'r', [], (), [5], (1, 2, 3), [7, 7], [7, 8], [1, [2, 3], 4], [9, [2, 3, 4], 5], {'type': 'circle', 'r': 3}, {'k': [1, 2], 'z': 0}, {'q': 1}, {}, Point(0, 0), Point(0, 5), Point(3, 3), Point(3, 4), 'other', 99, 9.5, {1}, frozenset(), object(), range(2), 'ab', b'xy', bytearray(b'z'), 1j, len):
    print(repr(v) if not isinstance(v, (Point, object().__class__)) or type(v) is not Point and type(v) is not object else type(v).__name__, '->', m(v))
def count(x):
    match x:
        case [a, *mid, z]: return a, mid, z
        case {**kw}: return kw
        case (1 | 2) as n: return n
        case str() | int(): return 'si'
    return 'nothing'
print(count([1, 2, 3, 4]), count({'a': 1}), count(2), count('s'), count(None))
