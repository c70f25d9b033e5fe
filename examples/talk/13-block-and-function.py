# Slide "Variables defined inside block? Function execution is completed?"
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('deleted', self.name)


if True:
    inside = Noisy('block variable')
print('the block has ended:', inside.name, 'is alive (a block is not a scope)')


def work():
    local = Noisy('function variable')
    print('in the function')


work()
print('the function has ended')
del inside
print('end')
