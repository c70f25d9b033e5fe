from moult import unsafe


class Point:
    pass


p = Point()
address = id(p)
del p
q = unsafe.object_at(address)
print(q)
