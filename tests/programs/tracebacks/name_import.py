# Did you forget to import?
# portable
def f():
    return sys.argv
f()
