# A call that spans lines.
# portable
def f(a, b, c):
    return a / b / c
def g():
    return f(
        1,
        0,
        c=3,
    )
g()
