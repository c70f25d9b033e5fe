# Attributes of frames: code, back, line, offset, builtins, globals; read-only ones; sizes and repr.
import sys


def f():
    fr = sys._getframe()
    print(fr.f_code is f.__code__, fr.f_back.f_code.co_name, fr.f_globals is globals(), fr.f_builtins['len'] is len)
    print(fr.f_lineno - fr.f_code.co_firstlineno, fr.f_lasti, fr.f_trace, fr.f_trace_lines, fr.f_trace_opcodes)
    for name in ('f_code', 'f_back', 'f_globals', 'f_builtins', 'f_lasti', 'f_locals', 'nothing'):
        try:
            setattr(fr, name, None)
        except Exception as e:
            print(name, type(e).__name__, e)
    print(sorted(n for n in dir(fr) if n.startswith('f_') or n == 'clear'))
    print(repr(fr).split(' at ')[0], repr(fr).rsplit(', ', 2)[1:])
    return fr


fr = f()
print(fr.f_back is sys._getframe(), fr.f_lineno - fr.f_code.co_firstlineno, fr.f_lasti)
print(sys.getsizeof(fr), type(fr))
try:
    type(fr)()
except TypeError as e:
    print(e)


def outer():
    def inner():
        return [sys._getframe(i).f_code.co_name for i in range(3)]
    return inner()


print(outer())
for bad in (99, -1, 'a'):
    try:
        print(sys._getframe(bad).f_code.co_name)
    except Exception as e:
        print(type(e).__name__, e)
print(sys._getframemodulename(), sys._getframemodulename(0), sys._getframemodulename(5), sys._getframemodulename(depth=1))


def where():
    return sys._getframemodulename(), sys._getframemodulename(1)


print(where())
cf = sys._current_frames()
print(len(cf), list(cf.values())[0] is sys._getframe())


def gen():
    me = sys._getframe()
    print(me.f_back.f_code.co_name)
    yield me
    print(me.f_back.f_code.co_name)


def drive():
    g = gen()
    fr = next(g)
    print(fr.f_back is None, g.gi_frame is fr, fr.f_lineno - fr.f_code.co_firstlineno)
    list(g)
    print(g.gi_frame, fr.f_back is None, fr.f_lineno - fr.f_code.co_firstlineno)


drive()
