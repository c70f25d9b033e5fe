# A long line and tabs.
# portable
def f(a, b): return a + b
if True:
	result = f(1, 2) + f(3, 4) + f(5, 6) + f(7, 8) + f(9, 10) + f(11, 12) + f("a", "b") + f(13, 14)
