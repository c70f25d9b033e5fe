# Did you mean: attribute of a module and of a type.
# portable
import sys
try:
    [].apend(1)
except AttributeError as e:
    print(e, e.name, e.obj)
sys.getrefcont(1)
