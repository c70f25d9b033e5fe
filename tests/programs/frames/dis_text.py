# dis on functions, classes, strings and warm code; its text as CPython prints it.
import dis
import sys
from io import StringIO


def show(*args, **kw):
    out = StringIO()
    dis.dis(*args, file=out, **kw)
    for line in out.getvalue().replace(__file__, 'FILE').splitlines():
        head, at, tail = line.partition(' at 0x')
        print(head + ' at' + tail[tail.index(','):] if at else line)


def f(a, n=3, *args, k, **kw):
    "doc"
    t = 0
    for i in range(n):
        t += a.x + i
    try:
        with open(a) as g: yield t
    except (OSError, ValueError) as e:
        raise KeyError from e
    finally:
        print(f'{t!r:>3}', *args, **kw)
    match t:
        case [1, *r]: return r
        case {'a': x}: del x
    class D[T](list):
        y: int = k
        def m(self): return super().m + t
    return lambda q: q is not None and t


show(f)
show(f, show_caches=True, depth=0)
show('x = 1; y = [i for i in x]', show_offsets=True)
show(b'\x95\x00\x64\x00\x67\x00')


class A:
    x = 5

    def m(self):
        return 1


show(A)


def hot(values):
    t = 0
    for v in values:
        t += v
    return t


for _ in range(20):
    hot([1, 2, 3])
show(hot, adaptive=True, show_caches=True)
show(hot)
sys.settrace(lambda *a: None)
hot([1])
show(hot, adaptive=True)
show(hot)
sys.settrace(None)
print(dis.code_info(hot).replace(__file__, 'FILE'))
for i in dis.get_instructions(hot, show_caches=True):
    print(i.opname, i.opcode, i.arg, i.argrepr, i.offset, i.starts_line, i.line_number, i.is_jump_target, tuple(i.positions or ()), i.cache_info)
print(list(dis.findlinestarts(f.__code__)), dis.findlabels(f.__code__.co_code))
print(dis.Bytecode('a + b\nc').dis(), dis.stack_effect(dis.opmap['CALL'], 3))
for bad in (lambda: dis.dis(5), lambda: dis.dis('x ='), lambda: dis.stack_effect(999)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
