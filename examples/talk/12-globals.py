# Slide "Global variables count != 0": a global keeps its object alive, until the name is deleted or the module ends.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('deleted', self.name)


first = Noisy('first')
second = Noisy('second')
del first
print('the count of a global reaches 0 when its name is deleted')
print('last line; the other dies when the module ends')
