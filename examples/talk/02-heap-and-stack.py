# Slide "Memory Storage": heap (objects, instances) and stack. What is on the stack is frames, not methods:
# a method is an object on the heap like any other; a call of it puts a frame on the stack.
import sys


class Dog:
    def __init__(self, name):
        self.name = name

    def bark(self):
        frame = sys._getframe()
        names = []
        while frame:
            names.append(frame.f_code.co_name)
            frame = frame.f_back
        return names


def call(dog):
    return dog.bark()


rex = Dog('Rex')
print('on the stack, innermost first:', call(rex))
print('the method is an object:', type(Dog.bark).__name__, type(rex.bark).__name__)
print('the instance outlives every call:', rex.name)
