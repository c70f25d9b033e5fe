# An uncaught exception group is printed as a tree.
# portable
def fail(x): raise x
def make():
    errs = []
    for e in (ValueError("one"), KeyError("two")):
        try:
            fail(e)
        except Exception as x:
            errs.append(x)
    return ExceptionGroup("outer", [errs[0], ExceptionGroup("inner", [errs[1], TypeError("three")]), OSError(2, "no file", "name")])
raise make()
