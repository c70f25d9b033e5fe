print('one starts')
x = 'x of one'
import two
print('one ends')
def get(): return two.y + x
