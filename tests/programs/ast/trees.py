# compile() with PyCF_ONLY_AST gives a tree, and takes one: what it looks like, what it runs as, what is refused.
import _ast

ONLY, FOLDED = _ast.PyCF_ONLY_AST, _ast.PyCF_OPTIMIZED_AST


def dump(node, places=False):
    if isinstance(node, list):
        return '[' + ', '.join([dump(x, places) for x in node]) + ']'
    if not isinstance(node, _ast.AST):
        return repr(node)
    parts = [f'{name}={dump(getattr(node, name), places)}' for name in node._fields if hasattr(node, name)]
    if places and hasattr(node, 'lineno'):
        parts.append(f'@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}')
    return f'{type(node).__name__}({", ".join(parts)})'


def parse(source, mode='exec', flags=ONLY):
    return compile(source, '<tree>', mode, flags)


for source in ('x', 'x = y, *z = 1', 'def f(a, /, b: int = 2, *c, d=3, **e) -> r: pass', 'f"{a!r:>{w}} b"',
               'class C[T: int, *U, **V](B, m=1): x: int = 5', 'lambda: (yield)', '[a async for a in b if c]',
               'with a as b, c: pass', 'try: pass\nexcept* E as e: pass\nelse: pass\nfinally: pass',
               'match x:\n case {"k": [1, *r], **rest} | C(a, b=None) if g: pass\n case _: pass',
               'import a.b as c\nfrom .. import d', 'global g\ndel x[1:2, ::3]', 'async def f():\n await x\n',
               'type X[T] = list[T]', '-1 + 2j ** ~x if not y and z or w else {**d, 1: 2}', 'a < b is not c not in d', "u'k' b'l' if 0 else ...",
               '@d\ndef f(): return\n', 'for i in x: break\nelse: continue' if False else 'for i in x: break', '(a := 1)', 'x += 1; assert x, "m"; raise E from c'):
    try:
        print(dump(parse(source), True))
    except SyntaxError as e:
        print('SyntaxError', e.msg)
print(dump(parse('1 + 2', 'eval')), dump(parse('1 + 2', 'eval', FOLDED)), dump(parse('x\n', 'single')))
t = parse('x = 6\ny = [x * n for n in range(3)]\ndef f(a, b=2): return a + b\nz = f(1)\n')
ns = {}
exec(compile(t, '<made>', 'exec'), ns)
print(ns['y'], ns['z'], ns['f'].__code__.co_filename)
t.body[0].value.value = 7
t.body.append(_ast.Assign([_ast.Name('w', _ast.Store(), lineno=9, col_offset=0)], _ast.Constant((1, 'a', None, 2.5, b'c', frozenset({3}), ...), lineno=9, col_offset=4), lineno=9, col_offset=0))
exec(compile(t, '<made>', 'exec'), ns)
print(ns['y'], ns['w'], parse('a').body[0].value.ctx is parse('b').body[0].value.ctx)
print(compile(t, 'f', 'exec', ONLY) is t, compile(t, 'f', 'exec', FOLDED) is t)


def at(cls, *args, **kw):
    return cls(*args, **kw, lineno=1, col_offset=0)


one, name = at(_ast.Constant, 1), at(_ast.Name, 'x', _ast.Load())
store = at(_ast.Name, 'x', _ast.Store())
for body in (5, [5], [None], [_ast.Pass()], [at(_ast.Expr, None)], [at(_ast.Expr, store)], [at(_ast.Expr, at(_ast.Name, 5, _ast.Load()))],
             [at(_ast.Expr, at(_ast.Constant, [1]))], [at(_ast.Expr, at(_ast.Constant, (1, [2])))], [at(_ast.If, one, [], [])],
             [at(_ast.FunctionDef, 'f', _ast.arguments(), [])], [at(_ast.Assign, [], one)], [at(_ast.Assign, [one], one)], [at(_ast.Delete, [name])],
             [at(_ast.Expr, at(_ast.BoolOp, _ast.And(), [one]))], [at(_ast.Expr, at(_ast.BinOp, one, _ast.And(), one))],
             [at(_ast.Expr, at(_ast.Name, 'None', _ast.Load()))], [at(_ast.Import, [])], [at(_ast.Raise, None, one)],
             [at(_ast.Try, [at(_ast.Pass)], [], [], [])], [at(_ast.Expr, at(_ast.Dict, [one], []))], [at(_ast.Expr, at(_ast.Compare, one, [], []))],
             [at(_ast.Expr, at(_ast.ListComp, one, []))], [at(_ast.Global, [5])], [at(_ast.ImportFrom, 'm', [_ast.alias('a', lineno=1, col_offset=0)], -1)],
             [at(_ast.AnnAssign, store, one, None, 'x')], [_ast.Pass(lineno='a', col_offset=0)], [_ast.Pass(lineno=3, col_offset=0, end_lineno=2)],
             [_ast.Pass(lineno=3, col_offset=4, end_col_offset=2)], [at(_ast.Return, one)], [at(_ast.Expr, at(_ast.Starred, name, _ast.Load()))],
             [at(_ast.With, [], [at(_ast.Pass)])], [at(_ast.Expr, at(_ast.Call, name, [None], []))]):
    try:
        print(compile(_ast.Module(body, []), 'f', 'exec').co_names)
    except Exception as e:
        print(type(e).__name__, str(e).split(' at 0x')[0])
for args in ((_ast.Expression(one), 'exec'), (name, 'exec'), (_ast.Module([], []), 'eval'), (_ast.Expression(one), 'eval'), (_ast.AST(), 'exec')):
    try:
        print(compile(args[0], 'f', args[1]).co_consts)
    except Exception as e:
        print(type(e).__name__, e)
