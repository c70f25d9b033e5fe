# input() at the end of input, uncaught.
# portable
print("asking")
input("? ")
