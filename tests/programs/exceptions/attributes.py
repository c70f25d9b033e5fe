# The exception classes: constructors, attributes, str, repr, equality, hierarchy.
for e in (Exception(), Exception(1), Exception(1, 'a'), ValueError('x'), KeyError('k'), KeyError(1, 2), OSError(2, 'msg'), OSError(2, 'msg', 'file'), OSError(13, 'm', 'f', None, 'g'), OSError('only'), StopIteration(5), StopIteration(), SystemExit(3), ImportError('m', name='n', path='p'), AttributeError('a', name='n', obj=5), NameError('nm', name='q'), UnicodeEncodeError('ascii', 'é', 0, 1, 'why'), UnicodeDecodeError('utf-8', b'\xff', 0, 1, 'bad'), UnicodeTranslateError('é', 0, 1, 'no'), SyntaxError('m', ('f', 1, 2, 'text')), SyntaxError('m'), MemoryError(), RecursionError('r'), ModuleNotFoundError('z', name='zz'), BlockingIOError(11, 'x'), FileExistsError(17, 'e'), GeneratorExit(), AssertionError('as'), NotImplementedError(), KeyboardInterrupt(), EOFError('e'), ZeroDivisionError('z'), OverflowError(), BufferError(), StopAsyncIteration(7), UnicodeError('u'), Warning('w'), ExceptionGroup('g', [ValueError(1)]), BaseExceptionGroup('b', [KeyboardInterrupt()])):
    print(repr(e), '|', e, '|', e.args, sorted(k for k in dir(e) if k[0] != '_' and k not in ('add_note', 'with_traceback', 'args')))
for c in (OSError, StopIteration, ImportError, UnicodeDecodeError, SyntaxError, SystemExit, ExceptionGroup):
    for a in ((), (1,), (1, 2), (1, 2, 3)):
        try:
            c(*a)
        except TypeError as e:
            print(c.__name__, len(a), e)
print(type(OSError(2, 'x')).__name__, type(OSError(13, 'x')).__name__, type(OSError(17, 'x')).__name__, type(OSError(9999, 'x')).__name__, type(OSError(32, '')).__name__, IOError is OSError, EnvironmentError is OSError)
e = ValueError('a')
e.x = 1
e.args = (5, 6)
print(e, e.x, e.__dict__, e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__, ValueError('a') == ValueError('a'))
e.add_note('n1')
e.add_note('n2')
print(e.__notes__)  # expect: ['n1', 'n2']
for s in ('e.add_note(5)', 'e.args = 5', 'e.__cause__ = 5', 'e.__context__ = 5', 'e.__traceback__ = 5', 'del e.args', 'e.with_traceback(5)', 'ValueError(x=1)', 'BaseException.__new__(5)', 'del e.__cause__', 'raise e from e.x'):
    try:
        exec(s)
        print(s, 'fine')
    except TypeError as err:
        print(s, '->', err)
e.__cause__ = KeyError('c')
print(e.__cause__, e.__suppress_context__, e.with_traceback(None) is e)  # expect: 'c' True True
def tree(c, depth=0):
    print('  ' * depth + c.__name__)
    for s in sorted(c.__subclasses__(), key=lambda s: s.__name__):
        if s.__module__ == 'builtins': tree(s, depth + 1)
tree(BaseException)
