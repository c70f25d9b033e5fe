# Code that natives run: a module's body, a class's, exec, eval.
import sys

sys.path.insert(0, __file__.rpartition('/')[0] + '/modules')
import slow_module

print(slow_module.total)
from slow_package import inner as alias, VALUE

print(alias.name, VALUE, alias.__package__)
import slow_package.second.third

print(slow_package.second.third.total)
for name in ('broken_module', 'missing_module', 'slow_package.missing'):
    try:
        __import__(name)
    except Exception as e:
        lines = []
        tb = e.__traceback__
        while tb:
            lines.append((tb.tb_lineno, tb.tb_frame.f_code.co_name))
            tb = tb.tb_next
        print(type(e).__name__, e, lines, name in sys.modules)
try:
    from slow_package import nothing
except ImportError as e:
    print(str(e).partition(' (')[0])


class Body:
    total = 0
    for i in range(10):
        for j in range(20):
            total += j
        print('inside class', i, total, flush=True)

    def method(self):
        return __class__


print(Body.total, Body().method() is Body)


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print('prepare', name, kwargs)
        return {'prepared': True}

    def __new__(mcs, name, bases, namespace, **kwargs):
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print('init', sorted(k for k in namespace if not k.startswith('__')), kwargs)


class Made(metaclass=Meta, flag=1):
    x = [i for i in range(3)]


try:

    class Failing(Body):
        raise LookupError('in the body')
except LookupError as e:
    print(e)
exec('for i in range(6):\n    for j in range(20): pass\n    print("inside exec", i, flush=True)\nresult = i')
print(result, eval('sum(k for k in range(5)) + result'))
space = {}
exec('def f(): return g() + 1\ndef g(): return 41\nvalue = f()', space)
print(space['value'])


def outer():
    x = 5

    def inner():
        return x

    exec(inner.__code__, {}, closure=inner.__closure__)
    return eval('x + 1', {}, {'x': x})


print(outer())
for text in ('1 +', 'raise KeyError(1)'):
    try:
        exec(text)
    except (SyntaxError, KeyError) as e:
        print(type(e).__name__)
