# An error inside a generator consumed by sum.
# portable
def gen():
    yield 1
    yield 1 + None
print(sum(x * 2 for x in gen()))
