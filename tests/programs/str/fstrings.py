# f-strings (PEP 701): nesting, quotes, conversions, =, specs, multi-line.
# portable
name, n, d, L = 'Ann', 42, {'k': 'v', 'x y': 2}, [1, 2, 3]
print(f'{name} {n} {name!r} {n:>5} {n:05d} {n!s:>4} {name.upper()} {d["k"]} {d['x y']} {L[-1]} {L[0:2]}')
print(f'{n=} {n = } {name=!s} {n=:>6} {n + 1=} {name = !r:>8} {d["k"]=} {L[0] + L[1] = :03d}')
print(f'{{}} {{{n}}} {"{"} {'}'} {f"{f'{n}'}"} {'a' 'b'} {"nested " + f"{name:{'>'}{10}}"}')
print(f'{n:{5}} {3.14159:.{2}f} {3.14159:{8}.{3}} {n:#{"x"}} {name:{"*"}^{9}}')
print(f'{(lambda x: x * 2)(5)} {[i for i in range(3)]} {({"a": 1})["a"]} {n if n > 5 else 0} {n > 5} {n!=3} {(y := 7)} {y} {n:=5}'.replace('  ', ' '))
print(f'''multi {
    n
    + 1  # a comment
} line
{name}''')
print(rf'\d{n}\n' + fr'{name}\t' + F'{n}' + f'\x41{n}\u00e9\N{BULLET}\\', f'{chr(10)!r} {'\n'.join(['a', 'b'])!r}')
print(f'' == '', f'a' 'b' f'{n}' "c", f'{n}' f'{n}', f"{'a' if True else 'b'}", f'{*L,}', f'{L!r:.4}', f'{None}', f'{...}', f'{()}', f'{1,}', f'{{1: 2}}', f'{ {1: 2} }', f'{ {1, } }')
class F:
    def __format__(self, s): return 'F(' + s + ')'
    def __str__(self): return 'S'
    def __repr__(self): return 'R'
print(f'{F()} {F():x} {F()!s} {F()!r:>3} {F():a{n}b} {F()=} {F()=:q} {F()=!s}')
def g(x): return f'{x=}'
print(g([1, 'a']), f'{n:,} {n:_} {1e6:,.2f} {n:b} {n:o} {n:c} {n:e} {0.5:%}')
try:
    f'{n:zz}'
except ValueError as e:
    print(e)
try:
    f'{undefined_name}'
except NameError as e:
    print(e)
try:
    f'{F().x}'
except AttributeError as e:
    print(e)
class Bad:
    def __format__(self, s): return 5
try:
    f'{Bad()}'
except TypeError as e:
    print(e)
print(f'{n:{n:{2}}}' if False else f'{name:>{n // 4}}', f'{n}' is not f'{n}', len(f'{"x" * 100}{n}'))
