# A group with notes and a cause.
# portable
try:
    raise ValueError("cause")
except ValueError as c:
    g = ExceptionGroup("many", [RuntimeError("r%d" % i) for i in range(3)])
    g.add_note("a note on the group")
    g.exceptions[0].add_note("a note inside")
    raise g from c
