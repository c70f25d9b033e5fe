# A SyntaxError in exec is an ordinary exception; uncaught it prints file, line, caret.
# portable
source = "a = 1\nb = 2\nif a\n  c"
try:
    exec(source)
except SyntaxError as e:
    print(e, repr(e), e.args)
exec(source)
