# During handling of the above exception...
# portable
def f():
    try:
        {}["k"]
    except KeyError:
        undefined_thing
f()
