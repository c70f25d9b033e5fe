# Cause and context mixed over three levels, with notes.
# portable
def a(): raise KeyError("a")
def b():
    try:
        a()
    except KeyError as e:
        e.add_note("note on a")
        raise ValueError("b") from e
try:
    b()
except ValueError as v:
    v.add_note("first\nsecond line")
    v.add_note("")
    raise TypeError("c")
