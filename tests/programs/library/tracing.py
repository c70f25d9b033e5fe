# traceback, contextlib, dataclasses, enum over the real library.
import contextlib
import dataclasses
import enum
import sys
import traceback


def inner(n):
    if n == 0:
        raise ValueError('deep')
    inner(n - 1)


try:
    try:
        inner(3)
    except ValueError as e:
        raise RuntimeError('outer') from e
except RuntimeError:
    print(traceback.format_exc())
    t, v, tb = sys.exc_info()
    print(traceback.extract_tb(tb), traceback.format_exception_only(v))
    te = traceback.TracebackException.from_exception(v, capture_locals=True)
    print(te.exc_type_str, te.__cause__.exc_type_str, [(f.name, f.lineno, f.locals and sorted(f.locals)[:2]) for f in te.__cause__.stack])
print(''.join(traceback.format_list(traceback.extract_stack())))
try:
    eval('1 +')
except SyntaxError as e:
    print(''.join(traceback.format_exception(e)))
try:
    raise ExceptionGroup('g', [ValueError(1), TypeError('x'), ExceptionGroup('h', [KeyError('k')])])
except ExceptionGroup as e:
    traceback.print_exception(e, file=sys.stdout)


@contextlib.contextmanager
def cm(x):
    print('enter', x)
    try:
        yield x
    except KeyError as e:
        print('caught', e)
    finally:
        print('exit', x)


with cm(1) as a, cm(2):
    raise KeyError('k')
with contextlib.ExitStack() as stack:
    for i in range(2):
        stack.enter_context(cm(i))
    stack.callback(print, 'callback')
with contextlib.suppress(ZeroDivisionError), contextlib.redirect_stdout(sys.stderr):
    1 / 0


@dataclasses.dataclass(order=True, frozen=True)
class P:
    x: int
    y: list = dataclasses.field(default_factory=list, compare=False)
    z: str = dataclasses.field(default='z', repr=False, kw_only=True)


p = P(1, [2])
print(p, P(0) < p, hash(P(1)) == hash(p), dataclasses.asdict(p), dataclasses.astuple(p), dataclasses.replace(p, x=5))
print([f.name for f in dataclasses.fields(P)], P.__match_args__)
try:
    p.x = 3
except dataclasses.FrozenInstanceError as e:
    print(e)


@dataclasses.dataclass(slots=True)
class Q:
    a: int = 3


print(Q(), Q.__slots__, dataclasses.make_dataclass('R', ['u', ('v', int, 4)])(1))


class Color(enum.Enum):
    RED = 1
    GREEN = enum.auto()


class Perm(enum.Flag):
    R = 4
    W = 2
    X = 1


print(Color.RED, list(Color), Color(2), Color['RED'].value, Perm.R | Perm.X, ~Perm.R, Perm(7), list(Perm.R | Perm.W))
try:
    Color(9)
except ValueError as e:
    print(e)
