from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

def tokenize(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace(): i += 1
        elif c.isdigit():
            j = i
            while j < len(text) and text[j].isdigit(): j += 1
            yield ('number', int(text[i:j])); i = j
        else:
            yield ('op', c); i += 1
class Node:
    def __init__(self, op, *children): self.op = op; self.children = children
class Parser:
    def __init__(self, text): self.tokens = list(tokenize(text)); self.at = 0
    def peek(self): return self.tokens[self.at] if self.at < len(self.tokens) else ('end', 'end')
    def take(self): token = self.peek(); self.at += 1; return token
    def expression(self, level=0):
        if level == 2: return self.atom()
        left = self.expression(level + 1)
        while self.peek()[1] in ('+-', '*/')[level]:
            op = self.take()[1]
            left = Node(op, left, self.expression(level + 1))
        return left
    def atom(self):
        kind, value = self.take()
        if kind == 'number':
            if value == 777: read(0, 1)
            return Node('const', value)
        inner = self.expression(); self.take()
        return inner
done = Parser('1000 + 2000 * (3 - 400)').expression()
Parser('(1 + 2222) * 3 - (777 + 5)').expression()
