# No carets when the whole line is the error; carets for parts.
# portable
def f():
    raise ValueError("whole line")
def g():
    x = f()
    return x
g()
