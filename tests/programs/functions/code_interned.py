# Code objects intern their file name and their names: equal ones are one object.
import sys


def fresh(text):
    return ''.join([text[:1], text[1:]])


def f(a):
    return a


def interned(text):
    return sys._is_interned(text)


name, qualname, filename = fresh('a name'), fresh('a qualified name'), fresh('a file name')
print(interned(name), interned(qualname), interned(filename))
code = f.__code__.replace(co_name=name, co_qualname=qualname, co_filename=filename)
print(interned(name), interned(qualname), interned(filename))
print(code.co_name is name, code.co_qualname is qualname, code.co_filename is filename)
again = f.__code__.replace(co_filename=fresh('a file name'))
print(again.co_filename is filename)

compiled = compile('def g(): pass', fresh('a compiled file'), 'exec')
print(interned(compiled.co_filename), compiled.co_filename is compile('1', fresh('a compiled file'), 'eval').co_filename)
print(sys.getrefcount(compile('1', fresh('<string>'), 'exec').co_filename) > 1000)


class Text(str):
    pass


text = Text('a file of a subclass')
print(type(compile('1', text, 'exec').co_filename).__name__, interned(text))

# CPython's message where a list has no such item is one object
errors = []
for i in range(2):
    try:
        [][i + 5]
    except IndexError as e:
        errors.append(e.args[0])
print(errors[0] is errors[1], interned(errors[0]))


class Mortal:
    def __del__(self):
        # the class, the call, the frame, the argument
        print(sys.getrefcount(Mortal.__dict__['__del__']))


Mortal()
