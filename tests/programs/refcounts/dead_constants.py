# Constants of code that never runs are in no code object, but what holds them while the program runs counts.
import sys
def f():
    return 1
    return (2**40, 'x'), ((2**41, 3), 3)
print('count', sys.getrefcount(2**40), sys.getrefcount(2**41))
def f():
    if 0: return 2**42
print('count', sys.getrefcount(2**42))
if 0:
    y in (5, 2**43)
    y in {5, 2**44}
    (1, 2**45)[1]
    [2**46, 1, 3, 4]
    {2**47, 1, 3, 4}
    f(*(2**48, 3))
    (2**49, 1) + (2,)
    (2**50, 1) * 2
print('count', sys.getrefcount(2**43))
print('count', sys.getrefcount(2**44))
print('count', sys.getrefcount(2**45))
print('count', sys.getrefcount(2**46))
print('count', sys.getrefcount(2**47))
print('count', sys.getrefcount(2**48))
print('count', sys.getrefcount(2**49))
print('count', sys.getrefcount(2**50))
while 0: x = (2**51, 3)
print('count', sys.getrefcount(2**51))
x = 1 and (2**52, 2)
x = 0 and (2**53, 2)
x = () or (2**54, 2)
x = (3,) or (2**55, 2)
assert 1, (2**56, 1)
x = 3 if 1 else (2**57, 1)
for i in (2**52,2**53,2**54,2**55,2**56,2**57): print('count', sys.getrefcount(i), end=' ')
print(sys.getrefcount(2**52), sys.getrefcount(2**53), sys.getrefcount(2**54), sys.getrefcount(2**55), sys.getrefcount(2**56), sys.getrefcount(2**57))
