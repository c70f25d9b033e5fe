# Operations whose callbacks change the container under them, and one object in every role.
# portable
class Ev:
    def __init__(s, f): s.f = f
    def __eq__(s, o): s.f(); return False
    def __hash__(s): return 1
    def __lt__(s, o): s.f(); return True
    def __index__(s): s.f(); return 1
    def __len__(s): s.f(); return 2
    def __bool__(s): s.f(); return True
    def __iter__(s): s.f(); return iter([1, 2])
    def __repr__(s): s.f(); return 'Ev'
    def __str__(s): s.f(); return 'ev'
    def __format__(s, spec): s.f(); return 'fmt'
    def __call__(s, *a): s.f(); return [a]
    def __getattr__(s, n): 
        if n.startswith('__'): raise AttributeError(n)
        s.f(); return [n]
    def __del__(s): pass
    def __contains__(s, x): s.f(); return 'yes'
    def __getitem__(s, i): s.f(); return [i]
def t(f):
    try: r = f(); print(type(r).__name__, r if isinstance(r, (int, str)) else '')
    except Exception as e: print(type(e).__name__, e)
def mk():
    l = [[i] for i in range(10)]
    return l
l = mk()
t(lambda: l.index(Ev(l.clear))); l = mk()
t(lambda: l.remove(Ev(l.clear))); l = mk()
t(lambda: l.count(Ev(l.clear))); l = mk()
t(lambda: Ev(l.clear) in l); l = mk()
t(lambda: l == [Ev(l.clear), 2] + [0] * 8); l = mk()
t(lambda: l < [Ev(l.clear), 2]); l = mk()
l[3] = Ev(l.clear); t(lambda: repr(l)); l = mk()
l[3] = Ev(l.clear); t(lambda: str(tuple(l))); l = mk()
t(lambda: l.insert(Ev(l.clear), [9])); l = mk()
t(lambda: l.pop(Ev(l.clear))); l = mk()
t(lambda: l[Ev(l.clear)]); l = mk()
t(lambda: l[Ev(l.clear):5]); l = mk()
t(lambda: l.__setitem__(Ev(l.clear), [1])); l = mk()
t(lambda: l.__setitem__(slice(Ev(l.clear), 5), [[1], [2]])); l = mk()
t(lambda: l.__delitem__(slice(Ev(l.clear), 9, 2))); l = mk()
t(lambda: l * Ev(l.clear)); l = mk()
t(lambda: l.extend(Ev(l.clear))); l = mk()
t(lambda: l.sort(key=Ev(l.clear))); l = mk()
t(lambda: l.extend(x for x in [l.clear(), [1]])); l = mk()
t(lambda: [l.clear() or x for x in l]); l = mk()
t(lambda: list(map(lambda x: l.clear() or x, l))); l = mk()
t(lambda: max(l, key=lambda x: l.clear() or [1])); l = mk()
t(lambda: sorted(l, key=lambda x: l.clear() or [1])); l = mk()
t(lambda: any(l.clear() for x in l)); l = mk()
def md(): return {Ev(lambda: None): [i] for i in range(5)} | {i: [i] for i in range(5)}
for op in (lambda d, e: d.get(e), lambda d, e: d.pop(e, None), lambda d, e: d.setdefault(e, [1]), lambda d, e: d.__setitem__(e, [1]), lambda d, e: d.update({e: [1]}),
           lambda d, e: d == md(), lambda d, e: d | {e: [2]}, lambda d, e: e in d, lambda d, e: d.__delitem__(e), lambda d, e: d.items() & [(e, 1)], lambda d, e: {e: 1} == d,
           lambda d, e: d.keys() - [e], lambda d, e: d.keys() | [e], lambda d, e: dict(d, k=e), lambda d, e: {**d, e: [5]}, lambda d, e: repr(d), lambda d, e: list(d.items()), lambda d, e: d.copy(), lambda d, e: e in d.values()):
    for act in ('clear', 'fill', 'pop', 'replace'):
        d = {}
        def f():
            if act == 'clear': d.clear()
            elif act == 'fill': d.update({'k%d' % i: [i] for i in range(20)})
            elif act == 'pop' and d: d.popitem()
            elif act == 'replace':
                for k in list(d)[:2]:
                    if isinstance(k, int): d[k] = [object()]
        for i in range(3): d[Ev(lambda: None)] = [i]
        d.update({1: Ev(f)})
        t(lambda: op(d, Ev(f)))
for op in (lambda s, e: e in s, lambda s, e: s.add(e), lambda s, e: s.discard(e), lambda s, e: s | {e}, lambda s, e: s & {e}, lambda s, e: s - {e}, lambda s, e: s ^ {e}, lambda s, e: s.update([e]),
           lambda s, e: s.intersection([e]), lambda s, e: s == {e, 1, 2}, lambda s, e: s <= {e, 1, 2, 3, 4}, lambda s, e: s.isdisjoint([e]), lambda s, e: s.symmetric_difference_update([e]), lambda s, e: s.intersection_update([e]), lambda s, e: s.difference_update([e]), lambda s, e: frozenset(s) | s, lambda s, e: repr(s)):
    for act in ('clear', 'fill', 'pop'):
        s = set()
        def f():
            if act == 'clear': s.clear()
            elif act == 'fill': s.update('k%d' % i for i in range(20))
            elif s: s.pop()
        for i in range(3): s.add(Ev(f))
        s.add(1)
        t(lambda: op(s, Ev(f)) and None)
e = Ev(lambda: None)
t(lambda: f'{e} {e!r} {e!s} {e:>{e}}')
t(lambda: '%s %r %d' % (e, e, e))
t(lambda: '{0} {0!r} {0.x} {0[1]}'.format(e))
t(lambda: 'abc'[e:e])
t(lambda: bytes(e)); t(lambda: bytearray(e)); t(lambda: b'abc'[e]); t(lambda: range(e)[e]); t(lambda: 'a,b'.split(',', e))
t(lambda: sum([e, 1])); t(lambda: e(1, *e, **{'a': [1]})); t(lambda: [*e, *e]); t(lambda: dict([e, e])); t(lambda: isinstance(1, e)); t(lambda: getattr(e, 'abc')); t(lambda: print(*e, sep=e)); t(lambda: print(e, end=e))
t(lambda: int(e)); t(lambda: float(e)); t(lambda: hex(e)); t(lambda: chr(e)); t(lambda: round(e)); t(lambda: 5 in e); t(lambda: list(zip(e, e, strict=e))); t(lambda: dict.fromkeys(e, e)); t(lambda: tuple(e)); t(lambda: set(e)); t(lambda: sorted(e, reverse=e)); t(lambda: enumerate(e, e)); t(lambda: iter(e, 1)); t(lambda: next(iter(e))); t(lambda: pow(2, e, e)); t(lambda: 1 << e); t(lambda: [1] * e); t(lambda: slice(e, e, e).indices(e)); t(lambda: 'x'.join(e)); t(lambda: 'x'.center(e)); t(lambda: 'aXb'.replace('X', 'y', e)); t(lambda: type('T', (), {'a': e}).a); t(lambda: exec(e)); t(lambda: eval('x', {'x': e})); t(lambda: compile('x', 'f', 'eval', e)); t(lambda: hash((e, e))); t(lambda: min(e, e)); t(lambda: all(e)); t(lambda: list(filter(e, [1, 2]))); t(lambda: list(map(e, e))); t(lambda: abs(e)); t(lambda: divmod(e, 2)); t(lambda: memoryview(b'abc')[e]); t(lambda: e + 1)
