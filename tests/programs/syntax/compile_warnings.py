# SyntaxWarnings at compile time go to stderr with the source line; the program runs.
# portable
x = 5
print(x is 5)
print("\d", "\\d")
assert (x, "always true")
print(x is not "a")
if 0: (1)(2)
if 0: [1][2, 3]
print("end")
