# Did you mean: names.
# portable
counter = 1
def f():
    total_count = 5
    return total_cuont
f()
