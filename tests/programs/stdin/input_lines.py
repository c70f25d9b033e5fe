# input(): prompts, lines, EOFError.
# portable
# stdin: Ann\n42\n\n  spaced  \nlast without newline
name = input("name? ")
age = int(input())
print(f"hello {name}, {age + 1}")
print(repr(input()), repr(input("p")), repr(input()))
try:
    input("more? ")
except EOFError as e:
    print()
    print("EOFError", e)
