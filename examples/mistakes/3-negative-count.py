from moult import unsafe

x = []
address = id(x)
del x
unsafe.decref_at(address)
