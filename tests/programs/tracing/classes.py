# Tracing through class bodies, properties, __getitem__, comprehensions, lambdas, matches and module code.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if event == 'return' and not isinstance(arg, (int, str, list, dict, type(None))):
        arg = type(arg).__name__
    events.append((code.co_name, event, frame.f_lineno - code.co_firstlineno, arg if event == 'return' else None))
    return tracer


class A:
    def __init__(self):
        self.v = 1

    @property
    def p(self):
        return self.v

    def __getitem__(self, i):
        return i

    def __eq__(self, other):
        return True


def body():
    class B(A):
        z = 3

        def m(self):
            return super().p + self[2]
    b = B()
    return b.m() if b == 1 else 0


def comprehensions():
    a = [i for i in range(3)
         if i]
    b = {k: v
         for k, v in zip(a, a)}
    c = list(q for q in a)
    d = sorted(
        a,
        key=lambda x:
            -x,
    )
    return [a, b,
            c, d]


def choose(x):
    match x:
        case 1:
            return 'one'
        case [a, b]:
            return a
        case {'k': v}:
            return v
        case A(v=2) | str():
            return 'A'
        case _ if x:
            pass
    return None


def decorate(f):
    return f


def decorated():
    @decorate
    @decorate
    def inner():
        pass
    inner()


sys.settrace(tracer)
body()
comprehensions()
for x in (1, [1, 2], {'k': 'v'}, 's', 0):
    choose(x)
decorated()
exec(compile('a = 1\nb = [\n  a,\n  2]\nif b:\n  c = 3\n', '<made>', 'exec'), {})
sys.settrace(None)
for e in events:
    print(*e)
