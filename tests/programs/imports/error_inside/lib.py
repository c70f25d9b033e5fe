def ok(n): return 10 / n
def fail(n):
    result = ok(n)
    return result
