# tokenize and linecache: tokens, comments, blank lines, errors, lines.
import io
import linecache
import tokenize

SOURCES = ['', 'x', 'x = 1\n', '# c', 'x # c\n\n# d\nif x:\n    y\n  # e\nz\n', 'f(a,\n  b) \\\n + 1\n',
           "s = '''a\nb''' + 1\n", "f'a{x!r:>{w}}b' f'''q\n{y}\nz'''\n", 'é = "жж" # ж\nπ\n', 'x = (1,\n', "'abc\n",
           "'''abc\n", 'if x:\n    y\n  z\n', 'a\r\nb\r\n', 'def f():\n  if x:\n    pass', 'async def f(): await x\n',
           ')\n', 'class A:\n\tdef f(self):\n\t\tpass\n\n\tx=1\n', 'lambda *a, **k: a@b->c:=d...e!=g\n']
for source in SOURCES:
    print('-----', ascii(source))
    try:
        for t in tokenize.generate_tokens(io.StringIO(source).readline):
            print(tokenize.tok_name[t.exact_type], ascii(t.string), t.start, t.end, ascii(t.line))
    except (tokenize.TokenError, SyntaxError) as e:
        print(type(e).__name__, e.args)
data = '# -*- coding: latin-1 -*-\nx = "é"\n'.encode('latin-1')
for t in tokenize.tokenize(io.BytesIO(data).readline):
    print(t)
print(tokenize.detect_encoding(io.BytesIO(data).readline))
print(tokenize.untokenize([(1, 'a'), (54, '='), (2, '1'), (4, '\n')]))
back = tokenize.untokenize(tokenize.generate_tokens(io.StringIO('a  =  (1,\n 2)  # c\n').readline))
print(repr(back))
print(repr(linecache.getline(__file__, 1)), repr(linecache.getline(__file__, 10**6)), linecache.getline('none.py', 1) == '')
linecache.clearcache()
