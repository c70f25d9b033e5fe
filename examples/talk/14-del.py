# Slide "Manually delete the object? del() method": del is a statement; it removes a name, not an object.
class Noisy:
    def __del__(self):
        print('deleted')


a = Noisy()
b = a
del a
print('after del a')
del(b)
print('after del(b): the parentheses change nothing')
try:
    a
except NameError as error:
    print(error)
