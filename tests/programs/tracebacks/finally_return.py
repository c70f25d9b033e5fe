# finally that runs, then the error goes on.
# portable
def f():
    try:
        raise ValueError("original")
    finally:
        print("finally runs")
def g():
    try:
        f()
    except KeyError:
        print("no")
    else:
        print("no")
    finally:
        print("outer finally")
g()
