# Warnings that natives raise before the warnings module is imported, and what showwarning gets after.
not NotImplemented
for i in range(2): ~True
def f(): return not NotImplemented
f()
f()
print(sorted(__warningregistry__, key=str))
import warnings
def shown(message, category, filename, lineno, file=None, line=None): print('SHOW', message, category.__name__, lineno)
warnings.showwarning = shown
warnings.warn('a user warning')
warnings.warn('not shown', ImportWarning)
warnings.warn('shown in main', DeprecationWarning)
def g(): warnings.warn('caller', stacklevel=2)
g()
g()
for i in range(2): ~True
print(sorted(str(k[0]) for k in __warningregistry__ if k != 'version'))
