# Carets under subscripts, calls over several lines, and binary operators.
# portable
data = {"a": [1, {"b": None}]}
def get(d):
    return (d["a"]
             [1]
             ["b"]
             ["c"])
get(data)
