# sys.exit and SystemExit: exit code and what is written (nested).
# portable
import sys
def f():
    try:
        sys.exit(9)
    except Exception:
        print("never")
    finally:
        print("f finally")
def g():
    with C(): f()
class C:
    def __enter__(self): pass
    def __exit__(self, t, v, tb): print("exit sees", t.__name__, v.code)
g()
