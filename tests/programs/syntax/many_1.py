# SyntaxErrors of many kinds, caught: type, message, line, offset, end, text.
# portable
for name, code in [
    ('missing_colon', 'if True\n    pass'),
    ('unclosed_paren', 'print("a"\nx = 1'),
    ('bad_indent', 'def f():\nreturn 1'),
    ('unexpected_indent', 'x = 1\n    y = 2'),
    ('unindent', 'if True:\n        x = 1\n    y = 2'),
    ('tab_error', 'if True:\n        x = 1\n\ty = 2'),
    ('unterminated_string', 'x = "abc\ny = 2'),
    ('unterminated_triple', 'x = """abc\ny = 2\n'),
    ('assign_literal', '5 = x'),
    ('assign_call', 'f() = 1'),
    ('missing_comma', 'x = [1, 2 3, 4]'),
    ('invalid_keyword', 'class = 5'),
    ('eq_in_if', 'x = 1\nif x = 1:\n    pass'),
    ('mismatched', 'x = (1, 2]'),
    ('unmatched', 'x = 1)'),
    ('bad_char', 'x = 5 $ 3'),
    ('unicode_char', 'x = “quoted”'),
    ('return_outside', 'x = 1\nreturn x'),
    ('yield_outside', 'class A:\n    yield 1'),
    ('break_outside', 'def f():\n    break'),
    ('continue_outside', 'continue'),
    ('nonlocal_module', 'nonlocal x'),
    ('dup_arg', 'def f(a, b, a): pass'),
    ('default_order', 'def f(a=1, b): pass'),
    ('star_alone', 'def f(*): pass'),
    ('keyword_repeat', 'f(a=1, a=2)'),
    ('positional_after', 'f(a=1, 2)'),
    ('print_statement', 'print "hello"'),
    ('exec_statement', 'exec "x"'),
    ('walrus_top', 'x := 5'),
    ('bad_fstring', 'f"{a b}"'),
]:
    try:
        compile(code, "<test>", "exec")
        print(name, "compiles")
    except SyntaxError as e:
        print(name, type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text) if len(e.text or "") < 100 else "")
