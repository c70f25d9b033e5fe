from moult import unsafe


def keep(items, value):
    items.append(value)
    unsafe.decref(value)  # as if append had forgotten to count its reference


x = object()
items = []
keep(items, x)
print('done')
