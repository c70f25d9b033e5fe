# Special methods that raise or answer with the wrong type, wherever the interpreter calls them.
# portable
class Boom(Exception): pass
def bad(kind):
    def method(self, *args):
        global calls
        calls += 1
        if calls > 5: raise Boom('enough')
        if kind == 'raise': raise Boom(len(args))
        return kind
    return method
NAMES = '''__len__ __bool__ __index__ __int__ __float__ __complex__ __str__ __repr__ __format__ __bytes__ __hash__ __iter__ __next__ __contains__
__getitem__ __setitem__ __delitem__ __add__ __radd__ __iadd__ __mul__ __neg__ __pow__ __lt__ __eq__ __call__ __enter__ __exit__ __getattr__ __setattr__
__delattr__ __get__ __set__ __reversed__ __length_hint__ __round__ __divmod__ __abs__ __dir__ __instancecheck__ __subclasscheck__ __missing__ __trunc__'''.split()
def with_(o):
    with o as x: return x
def delattr_(o): del o.attr
def setattr_(o): o.attr = [1]
def delitem_(o): del o[[1][0]]
def setitem_(o): o['key'] = [1]
def add(o):
    o += [2]
    return o
def if_(o):
    return 'yes' if o else 'no'
class Sink:
    write = print_ = staticmethod(lambda text: None)
USES = dict(len=len, bool=bool, if_=if_, index=lambda o: [1, 2, 3][o], slice=lambda o: 'abcdef'[o:], int=int, float=float, complex=complex, str=str, repr=repr,
    format=lambda o: f'{o:>10}', format2=lambda o: '{!r:5}'.format(o), percent=lambda o: '%s|%r|%d' % (o, o, o), bytes=bytes, hash=hash, key=lambda o: {o: [1]},
    iter=list, next=next, contains=lambda o: [1] in o, getitem=lambda o: o['k'], setitem=setitem_, delitem=delitem_, add=lambda o: o + [1], radd=lambda o: [1] + o,
    iadd=add, mul=lambda o: o * 'text', rmul=lambda o: 'ab' * o, neg=lambda o: -o, pow=lambda o: pow(o, 2, 3), lt=lambda o: o < [1], sort=lambda o: sorted([[1], o, [2]]),
    eq=lambda o: o == [1], index_of=lambda o: [[0], [1]].index(o), call=lambda o: o(1, *[2], k=[3]), enter=with_, getattr=lambda o: o.missing, hasattr=lambda o: hasattr(o, 'zz'),
    getattr3=lambda o: getattr(o, 'zz', [0]), setattr=setattr_, delattr=delattr_, reversed=lambda o: list(reversed(o)), round=lambda o: round(o, 2), divmod=lambda o: divmod(o, 2),
    abs=abs, dir=dir, isinstance=lambda o: isinstance([1], o), range=lambda o: range(o), chr=chr, join=lambda o: '-'.join(['a', o]), sum=lambda o: sum([o, 1]), max=lambda o: max(o, [1], key=id),
    map=lambda o: list(map(o, [[1], [2]])), filter=lambda o: list(filter(o, [[1]])), setkey=lambda o: {o}, print=lambda o: print(o, file=Sink), bytearray=lambda o: bytearray(o), list_mul=lambda o: [[1]] * o,
    unpack=lambda o: [*o], kwargs=lambda o: dict(**o), star=lambda o: print(*o, file=Sink), int_base=lambda o: int('11', o), hex=hex, sorted_key=lambda o: sorted([[2], [1]], key=o), enumerate=lambda o: enumerate([], o),
    zip=lambda o: list(zip([1], o)), iter2=lambda o: list(iter(o, [5])), exec=lambda o: exec('x', {}, o), type=lambda o: type('T', (), {'o': o}).__dict__['o'] is o)
seen = set()
for name in NAMES:
    for kind in ('raise', None, 'text'):
        T = type('T', (), {name: bad(kind)})
        answers = []
        for use, f in USES.items():
            calls = 0
            if kind == 'text' and len(use) % 2: continue
            try:
                r = f(T())
            except Exception as e:
                text = str(e)
                if use != 'dir': answers.append(use + ' ' + type(e).__name__)
                if ' at 0x' not in text and text not in seen and use != 'dir':
                    seen.add(text)
                    print('   ', text)
            else:
                if kind == 'raise' and use in ('hasattr', 'getattr3'): print(name, kind, use, r if not isinstance(r, T) else 'T')
        plain = [a for a in answers if not a.endswith(' TypeError')]
        print(name, kind, len(answers), ', '.join(plain))
