# An interpreter for a small Lisp: tokens, environments, closures, recursion.
# portable
class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer
    def find(self, n):
        if n in self: return self
        if self.outer is None: raise NameError(f'unbound {n}')
        return self.outer.find(n)
def parse(src):
    toks = src.replace('(', ' ( ').replace(')', ' ) ').split()
    def read():
        t = toks.pop(0)
        if t == '(':
            out = []
            while toks[0] != ')': out.append(read())
            toks.pop(0)
            return out
        try: return int(t)
        except ValueError:
            try: return float(t)
            except ValueError: return t
    out = []
    while toks: out.append(read())
    return out
class Lambda:
    def __init__(self, params, body, env): self.p, self.b, self.e = params, body, env
    def __call__(self, *a): return ev(self.b, Env(self.p, a, self.e))
def ev(x, env):
    while True:
        if isinstance(x, str): return env.find(x)[x]
        if not isinstance(x, list): return x
        match x:
            case ['quote', v]: return v
            case ['if', c, a, b]: x = a if ev(c, env) else b
            case ['define', [name, *params], body]:
                env[name] = Lambda(params, body, env)
                return
            case ['define', name, v]:
                env[name] = ev(v, env)
                return
            case ['set!', name, v]:
                env.find(name)[name] = ev(v, env)
                return
            case ['lambda', params, body]: return Lambda(params, body, env)
            case ['begin', *rest, last]:
                for r in rest: ev(r, env)
                x = last
            case ['let', binds, body]: x = [['lambda', [b[0] for b in binds], body]] + [b[1] for b in binds]
            case [f, *args]:
                f = ev(f, env)
                args = [ev(a, env) for a in args]
                if isinstance(f, Lambda): x, env = f.b, Env(f.p, args, f.e)
                else: return f(*args)
import math
base = Env()
base.update({'+': lambda *a: sum(a), '-': lambda a, b=None: -a if b is None else a - b, '*': lambda *a: math.prod(a), '/': lambda a, b: a / b, '<': lambda a, b: a < b, '=': lambda a, b: a == b, 'list': lambda *a: list(a), 'car': lambda l: l[0], 'cdr': lambda l: l[1:], 'cons': lambda a, l: [a] + l, 'null?': lambda l: l == [], 'print': print, 'mod': lambda a, b: a % b})
program = '''
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(print (fact 20))
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(print (fib 15))
(define (map f l) (if (null? l) (quote ()) (cons (f (car l)) (map f (cdr l)))))
(print (map (lambda (x) (* x x)) (list 1 2 3 4)))
(define (counter) (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
(define c (counter))
(c) (c)
(print (c))
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(print (loop 5000 0))
(define compose (lambda (f g) (lambda (x) (f (g x)))))
(print ((compose fact (lambda (x) (+ x 1))) 4))
(define (gcd a b) (if (= b 0) a (gcd b (mod a b))))
(print (gcd 1071 462) (/ 1 4))
(print undefined)
'''
try:
    for form in parse(program): ev(form, base)
except NameError as e:
    print('error:', e)
