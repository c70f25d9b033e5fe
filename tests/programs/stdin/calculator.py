# A calculator: tokens, recursive descent, errors, reading until end.
# portable
# stdin: 1 + 2 * 3\n(1 + 2) * 3\n2 ** 3 ** 2\n7 // 2 - -1\n1 +\n5 / 0\n((2))\nx\n10 % 4 * 2\n
import sys
def tokens(s):
    i = 0
    while i < len(s):
        if s[i].isspace(): i += 1
        elif s[i].isdigit():
            j = i
            while j < len(s) and s[j].isdigit(): j += 1
            yield int(s[i:j])
            i = j
        elif s[i:i + 2] in ("**", "//"):
            yield s[i:i + 2]
            i += 2
        elif s[i] in "+-*/%()":
            yield s[i]
            i += 1
        else: raise SyntaxError(f"bad character {s[i]!r}")
class Parser:
    def __init__(self, s): self.t, self.i = list(tokens(s)), 0
    def peek(self): return self.t[self.i] if self.i < len(self.t) else None
    def take(self):
        self.i += 1
        return self.t[self.i - 1] if self.i <= len(self.t) else None
    def expr(self):
        v = self.term()
        while self.peek() in ("+", "-"): v = v + self.term() if self.take() == "+" else v - self.term()
        return v
    def term(self):
        v = self.unary()
        while (op := self.peek()) in ("*", "/", "//", "%"):
            self.take()
            w = self.unary()
            v = {"*": lambda: v * w, "/": lambda: v / w, "//": lambda: v // w, "%": lambda: v % w}[op]()
        return v
    def unary(self):
        if self.peek() == "-":
            self.take()
            return -self.unary()
        b = self.atom()
        if self.peek() == "**":
            self.take()
            return b ** self.unary()
        return b
    def atom(self):
        t = self.take()
        if t == "(":
            v = self.expr()
            if self.take() != ")": raise SyntaxError("expected )")
            return v
        if isinstance(t, int): return t
        raise SyntaxError(f"unexpected {t!r}")
for line in sys.stdin:
    try:
        print(line.strip(), "=", Parser(line).expr())
    except (SyntaxError, ArithmeticError) as e:
        print(line.strip(), "->", type(e).__name__, e)
