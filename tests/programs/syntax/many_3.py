# SyntaxErrors of many kinds, caught: type, message, line, offset, end, text.
# portable
for name, code in [
    ('dict_missing_expr', '{1:}'),
    ('ternary_no_else', 'x = 1 if 2'),
    ('invalid_target_for', 'for 1 in x: pass'),
    ('invalid_with', 'with a as 1: pass'),
    ('aug_tuple', '(a, b) += 1'),
    ('ann_tuple', '(a, b): int = 1'),
    ('compare_chain_assign', 'a < b = 1'),
    ('dots', 'from . import'),
    ('import_paren', 'from a import (b'),
    ('import_trailing', 'from a import b,'),
    ('class_colon', 'class A\n    pass'),
    ('for_in_missing', 'for x y: pass'),
    ('not_in', 'x = not'),
    ('backslash_end', 'x = 1 \\'),
    ('backslash_space', 'x = 1 \\ \ny = 2'),
    ('null_line', 'x = [\n1,\n2,\n'),
    ('decorator_alone', '@f\nx = 1'),
    ('unparen_genexp', 'f(x for x in y, 1)'),
    ('type_param', 'def f[T, T](): pass'),
    ('nested_quote', "x = 'it's'"),
    ('invalid_amp', 'if a && b: pass'),
    ('plusplus', 'x++'),
    ('elseif', 'if 1:\n    pass\nelse if 2:\n    pass'),
    ('semicolon_missing', 'x = 1 y = 2'),
    ('three_dots_attr', 'x.1'),
    ('match_bad', 'match x:\n    case 1:\n    pass'),
    ('empty_def', 'def f():\n\nx = 1'),
    ('empty_class', 'class A:'),
    ('keyword_arg_expr', 'f(a.b=1)'),
    ('keyword_true', 'f(True=1)'),
    ('too_many_nested', 'x = ' + '(' * 201 + ')' * 201),
]:
    try:
        compile(code, "<test>", "exec")
        print(name, "compiles")
    except SyntaxError as e:
        print(name, type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text) if len(e.text or "") < 100 else "")
