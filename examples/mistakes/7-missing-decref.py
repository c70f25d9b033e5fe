from moult import unsafe


def look(value):
    unsafe.incref(value)  # as if a native function had forgotten to release what it held


look([1, 2])
print('done')
