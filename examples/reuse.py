x = [1]
del x
y = [2]
