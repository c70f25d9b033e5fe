from posix import read
import gc
executed = {}
exec('def inner(x=[5]): return x\nvalue = inner()', executed)
evaluated = eval('[i * 2.5 for i in (1, 2)]')
gc.collect(); gc.freeze(); gc.collect()
del gc

def plain(a, b=[1], *args, c, d={'k': 2.5}, **kw):
    """What it is for."""
    local = (a, b, args, c, d, kw)
    if a: read(0, 1)
    return local
result = plain(0, c=1.5, more=[1])
plain.attribute = ['of a function']
plain.__kwdefaults__['d'] = ['changed']
plain.__annotations__['a'] = 'noted'
renamed = plain
renamed.__name__ = ''.join(['re', 'named'])
made = type(plain)(plain.__code__, {'own': 'globals'}, 'made', ([9.5],))
replaced = plain.__code__.replace(co_name=''.join(['other', ' name']), co_consts=plain.__code__.co_consts + ('x y',))
text_of_code = plain.__code__.co_code
variables = plain.__code__.co_varnames
bound = [].append
def recursive(n):
    return n and recursive(n - 1)
recursive(50)
plain(1, 'b given', 'more', 'args', c='c given', kw=executed)
