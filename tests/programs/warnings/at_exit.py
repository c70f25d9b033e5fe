# A coroutine that is never awaited: told of while the program runs and by its end, not once sys has been cleared.
import sys
async def f(): pass
async def g(): pass
async def h(): pass
f()
c = g()
sys.c = h()
def late():
    f()
late()
print('done', file=sys.stderr)
