from three import w
z = 2
