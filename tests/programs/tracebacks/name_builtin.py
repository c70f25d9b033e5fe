# Did you mean: a built-in name.
# portable
print(lenn([1]))
