# What natives collect from generators: sets, dicts, joined strings, unpacked arguments, reduce, min and max by comparison.
import sys
from functools import reduce


def numbers(*items, end=None):
    for item in items:
        for j in range(15):
            pass
        print('inside', item, flush=True)
        yield item
    return end


def pairs(*items):
    for item in items:
        yield item, [item]


class Word:
    def __init__(self, text):
        self.text = text

    def __lt__(self, other):
        for j in range(15):
            pass
        print('comparing', self.text, flush=True)
        return self.text < other.text

    def __hash__(self):
        return len(self.text)

    def __eq__(self, other):
        return self.text == other.text

    def __repr__(self):
        return f'Word({self.text})'


print(sorted(set(numbers(3, 1, 3))), sorted(frozenset(numbers(2, 2))), {*numbers(5, 5)}, {7, *numbers(6)})
print(dict(pairs(1, 2)), dict(zip(numbers(1, 2), numbers('a', 'b'))), dict(enumerate(numbers('x'))))
print(','.join(numbers('a', 'b', 'c')), ''.join(numbers()), b'-'.join(numbers(b'x', b'y')), bytearray(b'+').join(numbers(b'1', b'2')))
print([0, *numbers(1, 2), 3], (*numbers(1), *numbers(2)), print(*numbers('p', 'q')))
print(reduce(lambda a, b: a * 10 + b, numbers(1, 2, 3)), reduce(lambda a, b: a + b, [1, 2, 3], 4), reduce(max, numbers(4, 9, 2)))
kept = []
print(reduce(lambda *both: kept.append(both) or both, numbers(1, 2, 3)), kept)
print(min(map(Word, 'cab')), max(map(Word, 'cab')), min(Word('b'), Word('a')), max(map(Word, 'bc'), key=lambda w: w))
print(len({Word('a'), *map(Word, numbers('a', 'b'))}), set(map(Word, numbers('z'))))

shared = 'shared-' + str(len(kept))


def counts():
    yield shared
    print(sys.getrefcount(shared), flush=True)
    yield shared + '2'
    print(sys.getrefcount(shared), flush=True)


print(','.join(counts()))
print(sorted(set(counts())), {*counts()} == frozenset(counts()))
print(dict((s, s) for s in counts()) == {}, reduce(lambda a, b: sys.getrefcount(a) + sys.getrefcount(b), counts()))
g = counts()
print(sys.getrefcount(g), ''.join(x if sys.getrefcount(g) else '' for x in g))


def broken(*items):
    yield from items
    raise KeyError('broken')


def looking(box):
    yield 'a'
    print(sys.getrefcount(box[0]))
    yield 'b'


for native in (''.join, list, tuple, set, sum, any, max, dict, lambda g: [*g], lambda g: {*g}, lambda g: reduce(lambda a, b: a, g)):
    box = []
    box.append(looking(box))
    try:
        print(native(box[0]))
    except (TypeError, ValueError) as e:
        print(repr(e))

for attempt in (
    lambda: set(broken(1)),
    lambda: dict(broken((1, 2))),
    lambda: dict(numbers((1, 2, 3))),
    lambda: dict(numbers(5)),
    lambda: ','.join(broken('a')),
    lambda: ','.join(numbers(1)),
    lambda: ','.join(5),
    lambda: b','.join(numbers('a')),
    lambda: [*broken(1)],
    lambda: {*broken(1)},
    lambda: set(numbers([])),
    lambda: reduce(lambda a, b: 1 // 0, numbers(1, 2)),
    lambda: reduce(lambda a, b: a, numbers()),
    lambda: reduce(max, 5),
    lambda: reduce(max),
    lambda: reduce(lambda a, b: a, broken(1, 2)),
    lambda: min(Word('a'), 5),
    lambda: max(numbers(1, 'a')),
):
    try:
        attempt()
    except (TypeError, ValueError, KeyError, ZeroDivisionError, AttributeError) as e:
        places = []
        tb = e.__traceback__
        while tb:
            places.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(repr(e), places)
