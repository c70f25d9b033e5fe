from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

aliases = [list[int], dict[str, list[float]], tuple[int, ...], int | str, int | None, type(list[int])]
def generic[T, *Ts, **P](x: T, *args) -> T:
    return [x]
class Box:
    __class_getitem__ = classmethod(type(list[int]))
    content: list
    number: int = 5
    def get(self) -> str: return self.content
alias = Box[int]
made = alias(); made.content = [1.5]
type Pair[A] = tuple[A, A]
params = generic.__type_params__
pair_params = Pair.__type_params__
annotations = Box.__annotations__
def annotated(a: 'text', b: list[int] = [1]) -> None: pass
shape: list[float] = [1.0]
read(0, 1)
