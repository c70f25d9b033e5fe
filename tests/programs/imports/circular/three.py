from four import z
w = 1
