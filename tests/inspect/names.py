import _collections


class Base:
    kind = 'base'


class Node(Base):
    __slots__ = ('value', 'next')

    @property
    def twice(self):
        raise SystemExit('a walk never runs code')

    def __getattr__(self, name):
        raise SystemExit('nor this')


n = Node()
n.value = [1, (2, 'three')]
n.next = n
n.extra = {'key': 'text', 5: 'five', None: 'none', True: 'yes', 'q"\n': 'odd'}


class Plain:
    pass


p = Plain()
p.a = 1
p.b = [n]


def outer(a, b=[7]):
    def inner():
        return a

    return inner


f = outer('kept')
d = _collections.deque([10, 20, 30])
try:
    1 / 0
except ZeroDivisionError as e:
    err = e
