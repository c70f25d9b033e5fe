# portable
# ABCMeta: abstract methods, registered classes, and the weak sets that remember the answers.
import _abc
import gc
from abc import ABCMeta, abstractmethod


class Shape(metaclass=ABCMeta):
    @abstractmethod
    def area(self): ...


class Square(Shape):
    def area(self):
        return 4


class Tile:
    pass


def sizes(cls):
    return [len(part) for part in _abc._get_dump(cls)[:3]]


try:
    Shape()
except TypeError as error:
    print(error)
print(Square().area(), sorted(Shape.__abstractmethods__), sorted(Square.__abstractmethods__))
print(getattr(type, '__abstractmethods__', None), hasattr(int, '__abstractmethods__'))

print(issubclass(Tile, Shape), sizes(Shape))
Shape.register(Tile)
print(issubclass(Tile, Shape), isinstance(Tile(), Shape), issubclass(int, Shape), sizes(Shape))
print(issubclass(Square, Shape), sizes(Shape))
del Tile, Square
gc.collect()
print(sizes(Shape))
for wrong in (lambda: Shape.register(3), lambda: issubclass(3, Shape), lambda: Square):
    try:
        wrong()
    except (TypeError, NameError) as error:
        print(type(error).__name__, error)
