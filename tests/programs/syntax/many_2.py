# SyntaxErrors of many kinds, caught: type, message, line, offset, end, text.
for name, code in [
    ('empty_fstring', 'f"{}"'),
    ('fstring_unclosed', 'f"{x"'),
    ('fstring_single_brace', 'f"a}b"'),
    ('bad_number', 'x = 1__0'),
    ('leading_zero', 'x = 0123'),
    ('bad_hex', 'x = 0xg'),
    ('bad_suffix', 'x = 1abc'),
    ('bad_escape_n', 'x = "\\N{no such name}"'),
    ('bad_unicode_escape', 'x = "\\ud8"'),
    ('bytes_nonascii', 'x = b"é"'),
    ('lambda_assign', 'lambda: x = 1'),
    ('del_call', 'del f()'),
    ('import_star_in_func', 'def f():\n    from sys import *'),
    ('future_late', 'x = 1\nfrom __future__ import annotations'),
    ('future_unknown', 'from __future__ import nope'),
    ('try_alone', 'try:\n    pass\nx = 1'),
    ('except_order', 'try:\n    pass\nexcept:\n    pass\nexcept ValueError:\n    pass'),
    ('except_star_mix', 'try:\n    pass\nexcept ValueError:\n    pass\nexcept* KeyError:\n    pass'),
    ('else_alone', 'else:\n    pass'),
    ('elif_after_else', 'if 1:\n    pass\nelse:\n    pass\nelif 2:\n    pass'),
    ('await_outside', 'def f():\n    await x'),
    ('async_comp', 'def f():\n    return [x async for x in y]'),
    ('global_after_use', 'def f():\n    x = 1\n    global x'),
    ('param_global', 'def f(x):\n    global x'),
    ('none_assign', 'None = 1'),
    ('true_assign', 'True = 0'),
    ('debug_assign', '__debug__ = 1'),
    ('star_expr', '*x'),
    ('star_assign', '*a, *b = c'),
    ('double_star_set', '{**a, 1}'),
    ('dict_missing_value', '{1: 2, 3}'),
]:
    try:
        compile(code, "<test>", "exec")
        print(name, "compiles")
    except SyntaxError as e:
        print(name, type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text) if len(e.text or "") < 100 else "")
