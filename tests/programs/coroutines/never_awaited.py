# A coroutine that is never awaited warns when it dies.
async def f(): pass
def make():
    f()
    print('dropped')
make()
c = f()
c.close()
del c
print('closed first: no warning')  # expect: closed first: no warning
f()
print('end')  # expect: end
