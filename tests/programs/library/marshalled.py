# marshal: every type in every version, damaged data, code objects.
import marshal
vals=[None,True,...,StopIteration,1,-1,2**31,-2**31-1,2**100,-2**70,1.5,float('inf'),1e300,1+2j,b'',b'a',b'abc','', 'a','é','\ud800','x'*300,'abc def',(),(1,2),[1,[2]],{},{'a':1,2:(3,)},{1,2,'a'},frozenset({'x','yy',(1,2),5}),bytearray(b'xy'),memoryview(b'ab'),tuple(range(300))]
for v in vals:
    for ver in (0,1,2,3,4):
        try:
            d=marshal.dumps(v,ver)
            r=marshal.loads(d)
            print(ver, d[:60], r==v, type(r).__name__)
        except ValueError as e: print('E',e)
for bad in (b'',b'i',b'i\1\0',b'q',b'(\5\0\0\0N',b'r\1\0\0\0',b's\xff\xff\xff\xff', b'0', b'l\1\0\0\0\0\0', b'(\xff\xff\xff\xff',b'f',b'[\2\0\0\x000N'):
    try: print(marshal.loads(bad))
    except Exception as e: print(type(e).__name__, e)
def f(): pass
for bad in (f, object(), int):
    try: marshal.dumps(bad)
    except Exception as e: print(type(e).__name__, e)
try: marshal.dumps(f.__code__, allow_code=False)
except Exception as e: print(type(e).__name__, e)
l=[]
for i in range(3000): l=[l]
try: marshal.dumps(l)
except Exception as e: print(type(e).__name__, e)
try: marshal.loads(b'[\1\0\0\0'*3000+b'N')
except Exception as e: print(type(e).__name__, e)
import io
b=io.BytesIO(); marshal.dump([1,'a',f.__code__],b); b.seek(0); r=marshal.load(b); print(r[:2], r[2]==f.__code__)

SOURCE = '''
def outer(a, /, b=1, *args, key=(1, 2.5, "text", b"bytes", None, ...), **rest):
    "doc"
    x = {1, 2} if a in {"one", "two", 3} else [a for a in args if a is not b]
    def inner(): return x, 10**30, -1j, "a b", "\u20ac"
    return inner
class C[T]:
    field: int = 1
    async def m(self): return [y async for y in self]
'''
co = compile(SOURCE, 'some file.py', 'exec')
data = marshal.dumps(co)
again = marshal.loads(data)
print(again == co, again.co_filename, again.co_names)
space = {}
exec(again, space)
print(space['outer']('one', 2, 3)(), space['C'].__type_params__)
