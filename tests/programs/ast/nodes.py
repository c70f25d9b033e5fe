# _ast: nodes as objects: fields, defaults, attributes, copies, what is refused.
import _ast
import warnings
warnings.simplefilter('ignore')


def attempt(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)


def shown(node):
    return {k: type(v).__name__ if isinstance(v, _ast.AST) else v for k, v in vars(node).items()}


print(_ast.AST._fields, _ast.AST._attributes, _ast.AST.__match_args__, _ast.AST.__module__, _ast.AST.__doc__, list(vars(_ast.AST)))
for t in (_ast.mod, _ast.Module, _ast.stmt, _ast.FunctionDef, _ast.Load, _ast.expr_context, _ast.arguments, _ast.alias, _ast.excepthandler):
    print(t.__name__, t.__base__.__name__, t._fields, t._attributes, t.__match_args__, list(vars(t)), repr(t.__doc__)[:200])
    print(vars(t).get('_field_types'), t.__flags__, t.__basicsize__, t.__dictoffset__, t.__weakrefoffset__)
print(len([v for v in vars(_ast).values() if isinstance(v, type) and issubclass(v, _ast.AST)]), _ast.PyCF_ONLY_AST, _ast.PyCF_OPTIMIZED_AST)
for f in (
    lambda: shown(_ast.Name('x')),
    lambda: shown(_ast.Name('x', _ast.Store())),
    lambda: _ast.Name('x', 1, 2),
    lambda: _ast.Name('x', 1, id=2),
    lambda: shown(_ast.Name()),
    lambda: shown(_ast.FunctionDef(name='f', foo=1)),
    lambda: shown(_ast.Constant(1, kind='u', lineno=5)),
    lambda: (_ast.Constant(1).kind, _ast.Return().value, _ast.Expr(1, lineno=2, col_offset=0).end_lineno),
    lambda: _ast.AST.__init__(5),
    lambda: _ast.AST(1),
    lambda: _ast.Name('x').__reduce__()[1:][0],
    lambda: _ast.Constant(1, lineno=4).__reduce__(),
    lambda: _ast.Module([]).__reduce__(),
    lambda: _ast.Add().__reduce__(),
    lambda: _ast.AST().__reduce_ex__(2),
    lambda: _ast.Name('x').nothing,
    lambda: isinstance(_ast.Add(), _ast.operator),
):
    print(attempt(f))
n = _ast.Name('x')
n.extra = [n]
n.extra.append(n)
print(n.__reduce__()[1], list(n.__dict__), len(n.extra))
del n.id
print(attempt(lambda: n.id))
n.__dict__ = {'id': 5}
print(vars(n), attempt(lambda: setattr(n, '__dict__', 5)))


class Odd(_ast.AST):
    _fields = ('a', 'b')
    _field_types = {'b': list[int]}


print(vars(Odd()), vars(Odd(1)), vars(Odd(b=3)))


class Plain(_ast.expr):
    pass


print(vars(Plain(lineno=3)), Plain._fields, attempt(lambda: Plain(1)))
warnings.simplefilter('error')
for f in (lambda: _ast.Name(), lambda: _ast.Name('x', foo=1), lambda: Odd()):
    print(attempt(f))
match _ast.BinOp(_ast.Constant(1), _ast.Add(), _ast.Constant(2)):
    case _ast.BinOp(_ast.Constant(a), _ast.Add(), _ast.Constant(b)):
        print('matched', a, b)
