# An object is used by its address after its last reference went.
from moult import unsafe


class Point:
    pass


p = Point()
address = id(p)
del p
print('freed')
q = unsafe.object_at(address)
print(q)
