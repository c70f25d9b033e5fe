# Carets for every kind of binary operation, printed from the traceback of each.
# portable
def a(): return 1 + "a"
def b(): return [1] @ 2
def c(): return {} < 1
def d(): return -"x"
def e(): return "a" in 5
def f(): x = 1; x += "s"
def g(): return None[0]
def h(): return (1).foo.bar
def i(): return len(5) + 1
def j(): a, b = 1,
def k(): return f"{1 + []} text"
def l(): return [*5]
def m(): return {**5}
def n(): del {}["x"]
def o(): None.x = 1
err = None
for fn in (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o):
    try:
        fn()
    except Exception as x:
        if err: x.__cause__ = err
        err = x
raise err
