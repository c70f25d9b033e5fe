# sum, of generators and of what adds by a method of its own.
import sys


def numbers(*items, end=None):
    for item in items:
        for j in range(15):
            pass
        print('inside', item, flush=True)
        yield item
    return end


class Length:
    def __init__(self, of):
        self.of = of

    def __add__(self, other):
        for j in range(15):
            pass
        print('adding', self.of, flush=True)
        return Length(self.of + (other.of if isinstance(other, Length) else other))

    def __repr__(self):
        return f'Length({self.of})'

    __radd__ = __add__


print(sum(numbers(1, 2, 3)), sum(numbers(1, True), 5), sum(numbers(2**62, 2**62, 1)), sum(numbers(1, 0.5, 2, 2**70)))
print(sum(numbers(*[0.1] * 5)), sum(numbers(1, 2), 0.25), sum(numbers(1j, 2)), sum(numbers([1], [2]), []), sum(numbers()))
print(sum(numbers(Length(1), Length(2))).of, sum([Length(1), 4], Length(3)).of, sum((1, Length(2))).of, sum([], start=9))
print(sum(numbers(1, 2, end='ignored')))

large = 10**20
items = [object(), object()]


def counts():
    yield 1
    print(sys.getrefcount(large), flush=True)
    yield 2.5
    print(sys.getrefcount(large), flush=True)


print(sum(counts(), large))


def broken(value):
    yield value
    raise KeyError(value)


for attempt in (
    lambda: sum(broken(1)),
    lambda: sum(broken(1.5)),
    lambda: sum(broken(Length(1))),
    lambda: sum(numbers(1, None)),
    lambda: sum(numbers('a'), ''),
    lambda: sum(numbers(b'a'), b''),
    lambda: sum(5),
    lambda: sum(),
):
    try:
        attempt()
    except (TypeError, KeyError) as e:
        places = []
        tb = e.__traceback__
        while tb:
            places.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(repr(e), places)
