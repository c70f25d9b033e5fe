# A tokenizer, a parser and an evaluator written as generators and classes; a printer of JSON.
import sys
class Token:
    __slots__ = 'kind', 'text', 'at'
    __match_args__ = 'kind', 'text'
    def __init__(self, kind, text, at): self.kind, self.text, self.at = kind, text, at
    def __repr__(self): return f'<{self.kind} {self.text!r}@{self.at}>'
class ParseError(SyntaxError): pass
def tokens(source):
    i, n = 0, len(source)
    while i < n:
        c = source[i]
        if c.isspace():
            i += 1
            continue
        start = i
        if c.isdigit():
            while i < n and (source[i].isdigit() or source[i] in '._'): i += 1
            yield Token('num', source[start:i], start)
        elif c.isidentifier():
            while i < n and source[start:i + 1].isidentifier(): i += 1
            yield Token('name', source[start:i], start)
        elif source[i:i + 2] in ('**', '//', '<=', '>=', '==', '!='):
            i += 2
            yield Token('op', source[start:i], start)
        elif c in '+-*/%<>()=,':
            i += 1
            yield Token('op', c, start)
        else:
            raise ParseError(f'bad character {c!r}', ('<expr>', 1, i + 1, source))
    yield Token('end', '', n)
class Parser:
    binary = {'==': (1, lambda a, b: a == b), '<': (1, lambda a, b: a < b), '+': (2, lambda a, b: a + b), '-': (2, lambda a, b: a - b), '*': (3, lambda a, b: a * b), '/': (3, lambda a, b: a / b), '//': (3, lambda a, b: a // b), '%': (3, lambda a, b: a % b), '**': (5, lambda a, b: a ** b)}
    def __init__(self, source):
        self.stream = tokens(source)
        self.token = next(self.stream)
    def advance(self):
        t, self.token = self.token, next(self.stream, None)
        return t
    def expression(self, level=0):
        left = self.atom()
        while self.token.kind == 'op' and (entry := self.binary.get(self.token.text)) and entry[0] > level:
            op = self.advance().text
            left = (op, left, self.expression(entry[0] - (op == '**')))
        return left
    def atom(self):
        match self.advance():
            case Token('num', text): return float(text) if '.' in text else int(text)
            case Token('name', text):
                if self.token.text != '(': return ('var', text)
                self.advance()
                args = []
                while self.token.text != ')':
                    args.append(self.expression())
                    if self.token.text == ',': self.advance()
                self.advance()
                return ('call', text, *args)
            case Token('op', '-'): return ('neg', self.expression(4))
            case Token('op', '('):
                inner = self.expression()
                if self.advance().text != ')': raise ParseError('expected )')
                return inner
            case other: raise ParseError(f'unexpected {other!r}')
def run(tree, env):
    match tree:
        case int() | float() as n: return n
        case ('var', name): return env[name]
        case ('neg', x): return -run(x, env)
        case ('call', name, *args): return env[name](*(run(a, env) for a in args))
        case (op, a, b): return Parser.binary[op][1](run(a, env), run(b, env))
env = dict(x=7, pi=3.25, max=max, abs=abs, sum=lambda *a: sum(a))
for source in ('1 + 2 * 3', '2 ** 3 ** 2', '-2 ** 2', '(1 + 2) * -x', 'max(1, x, 3) // 2', 'sum(1, 2, 3, x) / 4', '10 % 4 - 1 == 1', 'pi * x ** 2', '1 + $', '(1', '1 / 0', 'y', 'abs(-5', 'x()', '1_000 * 3.5'):
    try:
        tree = Parser(source).expression()
        print(f'{source:<22}{tree!r:<60}{run(tree, env)!r}')
    except (ParseError, ArithmeticError, LookupError, TypeError, AttributeError) as e:
        print(f'{source:<22}{type(e).__name__}: {e}')
def dump(value, indent=None, level=0):
    nl = '' if indent is None else '\n' + ' ' * indent * (level + 1)
    end = '' if indent is None else '\n' + ' ' * indent * level
    match value:
        case None | True | False: return {None: 'null', True: 'true', False: 'false'}[value]
        case str(): return '"' + ''.join({'"': '\\"', '\\': '\\\\', '\n': '\\n'}.get(c, c if ' ' <= c < '\x7f' else f'\\u{ord(c):04x}') for c in value) + '"'
        case int() | float(): return repr(value)
        case []| {} if not value: return '{}' if isinstance(value, dict) else '[]'
        case {**items}: return '{' + nl + (',' + (nl or ' ')).join(f'{dump(str(k))}: {dump(v, indent, level + 1)}' for k, v in items.items()) + end + '}'
        case [*items]: return '[' + nl + (',' + (nl or ' ')).join(dump(v, indent, level + 1) for v in items) + end + ']'
        case _: raise TypeError(f'cannot dump {type(value).__name__}')
data = {'name': 'naïve "x"\n', 'list': [1, 2.5, None, True, [], {}], 'nested': {'a': {'b': (1, 2)}}, 3: -1e100}
print(dump(data))
print(dump(data, 2))
try:
    dump([{1, 2}])
except TypeError as e:
    print(e)
def parse(text):
    i = 0
    def skip():
        nonlocal i
        while i < len(text) and text[i] in ' \n': i += 1
    def value():
        nonlocal i
        skip()
        c = text[i]
        if c == '{':
            i += 1
            out = {}
            while skip() or text[i] != '}':
                k = value(); skip()
                assert text[i] == ':', text[i]
                i += 1
                out[k] = value(); skip()
                if text[i] == ',': i += 1
            i += 1
            return out
        if c == '[':
            i += 1
            out = []
            while skip() or text[i] != ']':
                out.append(value()); skip()
                if text[i] == ',': i += 1
            i += 1
            return out
        if c == '"':
            out, i = '', i + 1
            while text[i] != '"':
                if text[i] == '\\':
                    i += 1
                    if text[i] == 'u': out, i = out + chr(int(text[i + 1:i + 5], 16)), i + 4
                    else: out += {'n': '\n'}.get(text[i], text[i])
                else: out += text[i]
                i += 1
            i += 1
            return out
        for word, v in (('null', None), ('true', True), ('false', False)):
            if text.startswith(word, i):
                i += len(word)
                return v
        start = i
        while i < len(text) and text[i] in '+-.eE0123456789': i += 1
        return (float if set(text[start:i]) & set('.eE') else int)(text[start:i])
    return value()
print(parse(dump(data)) == parse(dump(data, 4)), parse(dump(data, 1))['name'] == data['name'], parse('[1, -2.5e3, "a\\\\b", {"k": [null]}]'))
