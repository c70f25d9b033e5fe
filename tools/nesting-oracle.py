"""Records how deep CPython 3.13's parser lets each construct nest, and what it says one level deeper.

    python3.13 tools/nesting-oracle.py OUT.json

A construct is head + left * n + middle + right * n + tail; `limit` is the largest n that parses.
"""
import ast
import json
import sys

CONSTRUCTS = [
    ('', 'not ', 'x', '', ''), ('', '-', 'x', '', ''), ('', 'x**', 'x', '', ''), ('', 'lambda:', 'x', '', ''),
    ('', 'x if x else ', 'x', '', ''), ('', '(', 'x', ')', ''), ('', '[', 'x', ']', ''), ('', '{', 'x', '}', ''),
    ('', 'f(', 'x', ')', ''), ('', 'f[', 'x', ']', ''), ('', '{1:', 'x', '}', ''), ('', 'f[1:', 'x', ']', ''),
    ('', '[', 'x', ' for x in y]', ''), ('', 'f(', 'x', ' for x in y)', ''), ('', '[', 'x', ']', '=1'),
    ('for ', '(', 'x', ')', ' in y: pass'), ('match x:\n case ', '(', 'x', ')', ': pass'),
    ('match x:\n case ', '[', 'x', ']', ': pass'), ('del ', '(', 'x', ')', ''), ('with ', '(', 'x', ')', ': pass'),
    ('', '(' + 'not ' * 10, 'x', ')', ''), ('', '(' + 'lambda:' * 3, 'x', ')', ''), ('', 'f(x if x else ', 'x', ')', ''),
    ('', 'lambda x=', '1', ':1', ''), ('', 'lambda *, x=', '1', ':1', ''), ('', 'not ', 'x x', '', ''),
    ('if x: pass\n', 'elif x: pass\n', '', '', ''), ("f'{", '(', 'x', ')', "}'"), ('x = (', '-', '1', '', ')'),
    ('def f(x=', '(', '1', ')', '): pass'), ('@', '(', 'x', ')', '\ndef f(): pass'), ('', "f'{", '1', "}'", ''),
    ('class A(', '(', 'x', ')', '): pass'), ('x: ', '[', 'y', ']', ''), ('await ', '(', 'x', ')', ''),
]
HIGH = 8000


def verdict(c, n):
    head, left, middle, right, tail = c
    try:
        compile(head + left * n + middle + right * n + tail, '<case>', 'exec', ast.PyCF_ONLY_AST)
        return None
    except RecursionError:
        # Not the parser: the conversion of the tree to Python objects.
        return None
    except SyntaxError as e:
        return [type(e).__name__, e.msg]
    except MemoryError as e:
        return ['MemoryError', str(e)]


def main():
    if sys.version_info[:2] != (3, 13):
        sys.exit('this needs CPython 3.13')
    out = []
    for c in CONSTRUCTS:
        low, high = 0, HIGH
        while high - low > 1:
            n = (low + high) // 2
            first = verdict(c, n)
            if first is None or first[1] == 'invalid syntax':
                low = n
            else:
                high = n
        out.append([*c, low, verdict(c, low), verdict(c, high), verdict(c, HIGH)])
    with open(sys.argv[1], 'w') as f:
        f.write('[\n' + ',\n'.join(json.dumps(c) for c in out) + '\n]\n')


main()
