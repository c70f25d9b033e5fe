# match: binding despite failure, evaluation order, __match_args__ errors, class patterns on built-ins, syntax errors.
# portable
class A:
    __match_args__ = ('p',)
    def __init__(self, **k): self.__dict__.update(k)
class B: pass
class C: __match_args__ = 5
class D: __match_args__ = (5,)
class E:
    __match_args__ = ('a', 'a')
    a = 1
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def f1():
    match A(p=1):
        case A(1, 2): return 1
def f2():
    match B():
        case B(1): return 1
def f3():
    match C():
        case C(1): return 1
def f4():
    match D():
        case D(1): return 1
def f5():
    match E():
        case E(1, 1): return 1
def f6():
    match 5:
        case int(1, 2): return 1
def f7():
    match 5:
        case len(): return 1
def f8():
    match A(p=1):
        case A(1, p=1): return 1
def f9():
    match A():
        case A(x): return x
        case A(): return 'no attribute p'
for f in (f1, f2, f3, f4, f5, f6, f7, f8, f9): t(f)
def leak(v):
    match v:
        case [x, y, 9]: pass
        case [x, *r]: pass
        case {'k': z}: pass
    return sorted((k, v) for k, v in locals().items() if k != 'v')
print(leak([1, 2, 9]), leak([1, 2, 3]), leak({'k': 1}), leak(5))
class Log:
    def __eq__(self, o):
        print('eq', o)
        return o == 3
match Log():
    case 1 | 2 | 3: print('hit')
class Seq:
    def __len__(self): return 2
    def __getitem__(self, i): return i
def kind(v):
    match v:
        case [_, _]: return 'seq'
        case {'a': _}: return 'map'
        case _: return 'no'
print(kind(Seq()), kind((1, 2)), kind([1, 2]), kind('ab'), kind({1, 2}), kind(range(2)), kind(iter([1, 2])), kind({'a': 1}.keys()), kind(memoryview(b'ab')), kind({'a': 1}))
class DD(dict):
    def __missing__(self, k): return 'missing'
def dd(v):
    match v:
        case {'q': x}: return x
        case _: return 'absent'
print(dd(DD()), dd({'q': 0}))  # expect: absent 0
def builtin(v):
    match v:
        case bool(b): return 'bool', b
        case int(i): return 'int', i
        case str(s): return 'str', s
        case list([a, b]): return 'list', a, b
        case tuple(t): return 'tuple', t
        case dict(d): return 'dict', d
        case float(x): return 'float', x
for v in (True, 5, 'x', [1, 2], (1,), {'k': 1}, 1.5, None): print(builtin(v), end=' ')
print()
match = 5
case = 6
_ = 7
print(match + case + _, match, [match])  # expect: 18 5 [5]
match (1, 2), 3:
    case (a, b), c: print(a, b, c)
match 1, *[2, 3]:
    case x, *y: print(x, y)
for code in ('match x:\n case a: pass\n case b: pass', 'match x:\n case a | b: pass', 'match x:\n case [a, a]: pass', 'match x:\n case {**r, "a": 1}: pass', 'match x:\n case [*a, *b]: pass', 'match x:\n case {"a": 1, "a": 2}: pass', 'match x:\n case A(x=1, x=2): pass', 'match x:\n case 1 + 2: pass', 'match x:\n case f"a": pass', 'match x:\n case a.b | c: pass', 'match x:\n case 1 as 2: pass', 'match x:\n case 1 as a.b: pass', 'match x:\n case -a: pass', 'match x:\n case _ as _: pass', 'match x:\npass', 'match x:\n case (1 | a): pass', 'match x:\n case A(b=1, 2): pass'):
    try:
        compile(code, '<c>', 'exec')
        print('fine', code.split('\n')[1])
    except SyntaxError as e:
        print(e.msg, '|', code.split('\n')[1])
