# Bytes of code objects: co_code of small functions, exception table, line table.
def f(a, b): return a + b
def g(n):
    for i in range(n):
        if i % 2: continue
        yield i
def h():
    try:
        return 1
    except ValueError as e:
        return e
def k(x, *y, z=1, **w):
    u = [v for v in y if v]
    return lambda: (x, u)
class C:
    def m(self): return super().m()
async def a(): return await b
for fn in (f, g, h, k, C.m, a):
    c = fn.__code__
    print(fn.__name__, c.co_code.hex(), c.co_exceptiontable.hex(), c.co_linetable.hex(), c.co_stacksize, c.co_flags, c.co_nlocals, c.co_varnames, c.co_names, c.co_cellvars, c.co_freevars, [x for x in c.co_consts if not hasattr(x, 'co_code')])
top = compile('import sys\nx = {1: 2}\nprint(x[1], f"{x}")\nwith open("f") as q: pass\nfor i in x: del x\nassert x, 1', 't', 'exec')
print(top.co_code.hex(), top.co_consts, top.co_names, top.co_exceptiontable.hex())
print(list(f.__code__.co_positions()), list(g.__code__.co_lines()))
