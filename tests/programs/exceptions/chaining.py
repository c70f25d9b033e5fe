# __context__, __cause__, suppression, cycles in chains, context through generators and finally.
# portable
def chain(e):
    out = []
    while e is not None and len(out) < 10:
        out.append(f'{type(e).__name__}({e})' + (' cause' if e.__cause__ else '') + (' suppressed' if e.__suppress_context__ else ''))
        e = e.__cause__ or e.__context__
    return ' <- '.join(out)
def t(f):
    try:
        f()
    except BaseException as e:
        print(chain(e))
def f1():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2)
def f2():
    try: raise ValueError(1)
    except ValueError as e: raise KeyError(2) from e
def f3():
    try: raise ValueError(1)
    except ValueError: raise KeyError(2) from None
def f4():
    try: raise ValueError(1)
    finally: raise KeyError(2)
def f5():
    try:
        try: raise ValueError(1)
        except ValueError: 1 / 0
    except ZeroDivisionError: {}['x']
def f6():
    e = ValueError(1)
    try: raise e
    except ValueError: raise e
def f7():
    a, b = ValueError('a'), KeyError('b')
    try: raise a
    except ValueError:
        try: raise b
        except KeyError: raise a
def f8():
    raise ValueError(1) from TypeError
def f9():
    try: f1()
    except KeyError as k:
        k.__context__ = None
        raise
def f10():
    def g():
        try: yield
        finally: raise KeyError('gen cleanup')
    it = g()
    next(it)
    it.throw(ValueError('thrown'))
def f11():
    try: raise ValueError(1)
    except ValueError:
        try: pass
        finally: raise TypeError(3)
def f12():
    class CM:
        def __enter__(self): return self
        def __exit__(self, *a): raise KeyError('exit')
    with CM(): raise ValueError('body')
def f13():
    e1, e2, e3 = ValueError(1), ValueError(2), ValueError(3)
    try: raise e1
    except ValueError:
        try: raise e2
        except ValueError:
            try: raise e3
            except ValueError: raise e1
def f14():
    try: raise ValueError(1)
    except* ValueError: raise KeyError(2)
for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14): t(f)
try:
    f2()
except KeyError as e:
    c = e.__cause__
    print(c is e.__context__, c.__traceback__ is not None, c.__traceback__.tb_lineno)
try:
    try: raise ValueError
    except ValueError as v: saved = v
    raise KeyError
except KeyError as k:
    print(k.__context__)
def outer():
    try: raise ValueError('outer')
    except ValueError: return inner()
def inner():
    try: raise KeyError('inner')
    except KeyError as e: return chain(e)
print(outer())  # expect: KeyError('inner') <- ValueError(outer)
