# frame.f_locals of a function writes through to the variables (PEP 667): every method of the proxy.
import sys


def f(a, b=2):
    c = [a]
    cell = 5

    def inner():
        return cell
    frame = sys._getframe()
    p = frame.f_locals
    print(type(p).__name__, list(p), len(p))
    p['a'] = 'changed'
    p['cell'] = 6
    print(a, inner(), p['cell'])
    p['new'] = 1
    print(p['new'], 'new' in p, 'zz' in p, list(p)[-1], len(p))
    print(p.get('a'), p.get('zz'), p.get('zz', 3))
    print(p.setdefault('b', 9), p.setdefault('made', 9), p['made'])
    print(sorted(k for k in p.keys()), [v for v in p.values()][:2], [i for i in p.items()][:2])
    print(list(reversed(p))[:2])
    for key in ('a', 'zz', 'new', 1):
        try:
            del p[key]
            print('deleted', key)
        except Exception as e:
            print(type(e).__name__, e)
    for call in (lambda: p['late'], lambda: p[5], lambda: p[[]], lambda: p.pop('a'), lambda: p.pop('made'), lambda: p.popitem(),
                 lambda: p.clear(), lambda: p.update(5), lambda: p.get(), lambda: p.setdefault(), lambda: hash(p)):
        try:
            print(call())
        except Exception as e:
            print(type(e).__name__, e)
    p.update({'b': 20, 'extra': 21})
    p |= {'b': 30}
    print(b, p['extra'], p | {'z': 1} == {**p, 'z': 1}, ({'q': 1} | p)['q'], type(p | {}))
    print(p == frame.f_locals, p is frame.f_locals, p == dict(p), p != dict(p), p == {})
    print(p.copy() == dict(p), type(p.copy()))
    d = locals()
    d['a'] = 'no effect'
    print(a, type(d))
    late = 1
    return c


f(1)


def rec():
    p = sys._getframe().f_locals
    x = p
    print(repr(p))


rec()
p = sys._getframe().f_locals
print(p is globals())


class C:
    here = 1
    print(type(sys._getframe().f_locals), 'here' in sys._getframe().f_locals)
    sys._getframe().f_locals['there'] = 2


print(C.there)
print([sys._getframe().f_locals['q'] for q in (1, 2)])


def comp():
    out = [type(sys._getframe().f_locals['w']) for w in (1, 'a')]
    return out, 'w' in sys._getframe().f_locals


print(comp())
