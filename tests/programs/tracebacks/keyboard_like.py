# BaseException subclasses uncaught.
# portable
class Stop(BaseException): pass
try:
    try:
        raise Stop("base")
    except Exception:
        print("not caught here")
except Stop as e:
    print("caught", e)
raise Stop("uncaught")
