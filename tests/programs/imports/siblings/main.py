# Imports of modules beside the script: one execution, names, aliases, from, star, attributes of modules.
# portable
import sys
print('main', __name__)
import helper
import helper as h
from helper import value, double as dbl
from helper import *
import helper
print(helper is h, value, dbl(4), helper.__name__, public, 'hidden' in dir(), helper.counter)
helper.value = 99
print(value, h.value, sys.modules['helper'] is helper)
import uses_main
print(uses_main.result)
for code in ('import nope_module', 'from helper import nope', 'import helper.sub', 'from helper import (value as v, nope2)', 'import broken', 'import broken', 'from . import helper', 'import raises'):
    try:
        exec(code)
    except Exception as e:
        print(code, '->', type(e).__name__, str(e).split(' (')[0])
print('broken' in sys.modules, 'raises' in sys.modules)
del sys.modules['helper']
import helper
print(helper is h, helper.value, h.value)
def local():
    import helper as inner
    return inner is helper
print(local())
print(helper.__doc__, type(helper), repr(helper)[:16], helper.__dict__['value'], sorted(k for k in vars(helper) if not k.startswith('__')))
try:
    helper.missing
except AttributeError as e:
    print(e)
import lazy
print(lazy.computed, lazy.other)
try:
    lazy.nothing
except AttributeError as e:
    print(e)
sys.modules['fake'] = 'not a module'
import fake
print(fake)
sys.modules['blocked'] = None
try:
    import blocked
except ImportError as e:
    print(type(e).__name__, e)
m = __import__('helper')
print(m is helper, type(sys)('made').__name__, __file__.endswith('main.py'), helper.__file__.endswith('helper.py'))
