# KeyError shows the repr of its key.
# portable
d = {}
d[("a", 1)]
