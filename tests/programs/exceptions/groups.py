# ExceptionGroup: construction, split, subgroup, derive, except*, nested, naked exceptions.
g = ExceptionGroup('msg', [ValueError(1), TypeError(2), ExceptionGroup('nested', [ValueError(3), KeyError(4)])])
print(repr(g), g, g.message, g.exceptions, g.args[0])
m, r = g.split(ValueError)
print(repr(m), repr(r))
print(repr(g.subgroup(KeyError)), g.subgroup(OSError), g.split(OSError)[0], g.split(Exception)[1], repr(g.subgroup((TypeError, KeyError))), repr(g.subgroup(lambda e: isinstance(e, ExceptionGroup) or e.args == (3,))))
for a in ((), ('m',), ('m', []), ('m', 5), ('m', [5]), (5, [ValueError()]), ('m', [ValueError]), ('m', [KeyboardInterrupt()]), ('m', (ValueError(),), 3)):
    try:
        print(repr(ExceptionGroup(*a)))
    except Exception as e:
        print(type(e).__name__, e)
print(type(BaseExceptionGroup('a', [ValueError()])).__name__, type(BaseExceptionGroup('a', [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__)
def t(e, n=''):
    try:
        try:
            raise e
        except* ValueError as eg:
            print('values', repr(eg), eg.__traceback__ is not None)
        except* (TypeError, KeyError) as eg:
            print('type/key', repr(eg))
            if n == 'raise': raise OSError('new')
            if n == 'reraise': raise
        else:
            print('else')
        finally:
            print('finally')
    except BaseException as x:
        print('outer', repr(x), repr(x.__context__)[:60])
t(g)
t(ValueError('naked'))
t(OSError('unhandled'))
t(g, 'raise')
t(g, 'reraise')
t(ExceptionGroup('mixed', [ValueError(1), OSError(2)]))
t(KeyboardInterrupt())
t(BaseExceptionGroup('b', [KeyboardInterrupt(), ValueError(9)]))
try:
    try: pass
    except* ValueError: print('no')
    else: print('no error')
finally: print('done')
class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        self = super().__new__(cls, msg, excs)
        self.code = code
        return self
    def derive(self, excs): return MyGroup(self.message, excs, self.code)
mg = MyGroup('mine', [ValueError(1), KeyError(2)], 7)
a, b = mg.split(ValueError)
print(type(a).__name__, a.code, b.code, repr(a))  # expect: MyGroup 7 7 MyGroup('mine', [ValueError(1)], 7)
g.add_note('note')
s = g.subgroup(ValueError)
print(s.__notes__, s.__cause__, s.__context__)  # expect: ['note'] None None
for code in ('try:\n raise ExceptionGroup("a", [ValueError()])\nexcept* ExceptionGroup: pass', 'try:\n 1/0\nexcept* 5: pass', 'for i in [1]:\n try:\n  1/0\n except* ValueError: break', 'def f():\n try: pass\n except* ValueError: return'):
    try:
        exec(code)
    except BaseException as e:
        print(type(e).__name__, e)
