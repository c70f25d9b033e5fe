# Frames from exec and eval have no source lines.
# portable
code = "def f():\n    return 1 / 0\nf()"
try:
    eval("1 + ")
except SyntaxError as e:
    print(e, e.filename, e.lineno, e.offset, e.text)
exec(code)
