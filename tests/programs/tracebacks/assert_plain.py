# assert with and without message.
# portable
try:
    assert 1 == 2
except AssertionError as e:
    print(repr(e))
try:
    assert False, ("tuple", 1)
except AssertionError as e:
    print(repr(e), e)
x = 5
assert x > 10, f"x is {x}"
