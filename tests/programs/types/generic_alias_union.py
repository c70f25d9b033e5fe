# list[int], int | str: repr, equality, attributes, isinstance, errors; type aliases and type parameters.
# portable
print(list[int], dict[str, list[int]], tuple[int, ...], list['fwd'], type[int], list[None], list[int][0:0] if False else '', int | str, int | None, list[int] | None, int | str | float, (int | str) == (str | int), hash(int | str) == hash(str | int), int | int, type(int | str).__name__)
a = dict[str, int]
print(a.__origin__, a.__args__, a.__parameters__, a == dict[str, int], hash(a) == hash(dict[str, int]), a(x=1), a.fromkeys('q'), type(a).__name__, isinstance(a, type), list[int]([1]), a.__mro_entries__(()), repr([list[int]]))
print((int | str).__args__, isinstance(1, int | str), isinstance('a', int | str), isinstance(1.5, int | str), issubclass(bool, int | str), (int | None).__args__, None | int, int | list[int])
for f in (lambda: isinstance([], list[int]), lambda: issubclass(list, list[int]), lambda: int | 5, lambda: list[int].nope, lambda: int[str], lambda: (int | str)[0], lambda: list[int] + 1, lambda: isinstance(1, int | list[int]), lambda: 5 | int, lambda: (int | str)(1), lambda: list[int][str], lambda: setattr(list[int], 'x', 1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def first[T](xs: list[T]) -> T: return xs[0]
class Box[T, *Ts, **P]:
    def get(self) -> T: ...
type Pair[A] = tuple[A, A]
type Rec = list[Rec]
print(first([1]), first.__type_params__, Box.__type_params__, Pair, Pair.__type_params__, Pair.__value__, Rec.__value__, Pair[int], type(Pair).__name__, Pair.__name__)
def bound[T: int, U: (str, bytes) = str](x: T, y: U): ...
T, U = bound.__type_params__
print(T, T.__bound__, T.__constraints__, U.__constraints__, U.__default__, T.__name__, T.__covariant__, T.__infer_variance__, T.has_default(), U.has_default())
def ann(a: int, b: 'str' = 1, *c: list[int], d: None, **e: dict) -> int | None: ...
print(ann.__annotations__)
class Ann:
    x: int = 1
    y: list['Ann']
    z: int | None
print(Ann.__annotations__)  # expect: {'x': <class 'int'>, 'y': list['Ann'], 'z': int | None}
lazy = []
type L = lazy.append(1)
print(lazy, L.__value__, lazy)  # expect: [1] None [1]
try:
    type Bad = undefined_name
    Bad.__value__
except NameError as e:
    print(e)
