# Text processing: a table, a template, run-length coding, base64 by hand, a JSON writer and reader.
# portable
rows = [('apple', 3, 1.25), ('banana', 12, 0.5), ('kiwi', 100, 0.333)]
w = max(len(r[0]) for r in rows)
print(f'{"name":<{w}} | {"n":>5} | {"price":>8}')  # expect: name   |     n |    price
for n, q, p in rows: print(f'{n:<{w}} | {q:>5} | {p:>8.2f}')
print('-' * (w + 19), f'{sum(q * p for _, q, p in rows):>{w + 19},.2f}', sep='\n')
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append(f'{j - i}{s[i]}')
        i = j
    return ''.join(out)
print(rle('aaabccddddd'))  # expect: 3a1b2c5d
A = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
def b64(b):
    out = ''
    for i in range(0, len(b), 3):
        c = b[i:i + 3]
        n = int.from_bytes(c + bytes(3 - len(c)), 'big')
        out += ''.join(A[n >> s & 63] for s in (18, 12, 6, 0))[:len(c) + 1] + '=' * (3 - len(c))
    return out
print(b64(b'Hello, World!'), b64(b'ab'), b64('é€'.encode()))  # expect: SGVsbG8sIFdvcmxkIQ== YWI= w6nigqw=
def dump(v, ind=0):
    pad = '  ' * ind
    match v:
        case None: return 'null'
        case bool(): return str(v).lower()
        case int() | float(): return repr(v)
        case str(): return '"' + v.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'
        case list(): return '[' + ', '.join(dump(x, ind) for x in v) + ']'
        case dict(): return '{\n' + ',\n'.join(f'{pad}  {dump(k)}: {dump(x, ind + 1)}' for k, x in v.items()) + '\n' + pad + '}'
    raise TypeError(type(v).__name__)
doc = {'name': 'x "q"', 'list': [1, 2.5, None, True], 'nested': {'a': [], 'b': {'c': 'line\nbreak'}}}
text = dump(doc)
print(text)
class P:
    def __init__(self, s): self.s, self.i = s, 0
    def ws(self):
        while self.i < len(self.s) and self.s[self.i].isspace(): self.i += 1
    def eat(self, c):
        self.ws()
        if not self.s.startswith(c, self.i): raise ValueError(f'expected {c!r} at {self.i}')
        self.i += len(c)
    def peek(self):
        self.ws()
        return self.s[self.i:self.i + 1]
    def value(self):
        c = self.peek()
        if c == '{':
            self.eat('{')
            d = {}
            while self.peek() != '}':
                if d: self.eat(',')
                k = self.value()
                self.eat(':')
                d[k] = self.value()
            self.eat('}')
            return d
        if c == '[':
            self.eat('[')
            l = []
            while self.peek() != ']':
                if l: self.eat(',')
                l.append(self.value())
            self.eat(']')
            return l
        if c == '"':
            self.eat('"')
            out = ''
            while (ch := self.s[self.i]) != '"':
                if ch == '\\':
                    self.i += 1
                    ch = {'n': '\n'}.get(self.s[self.i], self.s[self.i])
                out += ch
                self.i += 1
            self.i += 1
            return out
        for t, v in (('null', None), ('true', True), ('false', False)):
            if self.s.startswith(t, self.i):
                self.i += len(t)
                return v
        j = self.i
        while j < len(self.s) and self.s[j] in '+-.eE0123456789': j += 1
        n, self.i = self.s[self.i:j], j
        return float(n) if '.' in n else int(n)
print(P(text).value() == doc)  # expect: True
try:
    P('{"a" 1}').value()
except ValueError as e:
    print(e)
