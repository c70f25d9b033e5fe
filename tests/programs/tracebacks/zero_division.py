# An uncaught error: traceback with carets on stderr, exit code 1.
# portable
def divide(a, b):
    return a + b / (a - b)

def middle(x):
    y = divide(x, x)
    return y

print("before")
middle(5)
print("never")
