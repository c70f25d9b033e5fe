# Records the comparisons that CPython makes while it sorts: python3.13 tools/sort-oracle.py, from the root.
import random, json, zlib
random.seed(5)
log=[]
class K:
    __slots__=('v','i')
    def __init__(s,v,i): s.v=v; s.i=i
    def __lt__(a,b): log.append((a.i,b.i)); return a.v<b.v
cases=[]
def gen():
    n=random.choice([2, 3, 5, 10, 33, 64, 65, 100, 128, 200, 300])
    kind=random.randrange(9)
    if kind==0: a=[random.randrange(10**6) for _ in range(n)]
    elif kind==1: a=[random.randrange(5) for _ in range(n)]
    elif kind==2: a=list(range(n))
    elif kind==3: a=list(range(n,0,-1))
    elif kind==4: a=[x//3 for x in range(n,0,-1)]
    elif kind==5: a=[7]*n
    elif kind==6:
        a=list(range(n))
        for _ in range(n//20): 
            i,j=random.randrange(n),random.randrange(n); a[i],a[j]=a[j],a[i]
    elif kind==7:
        a=[]
        while len(a)<n:
            k=random.randrange(1,150); s=random.randrange(1000); d=random.choice([1,-1,0])
            a+= [s+d*(t//random.choice([1,1,2])) for t in range(k)]
        a=a[:n]
    else: a=list(range(n//2))+list(range(n//2))
    return a
out=[]
for _ in range(60):
    a=gen(); log.clear()
    l=[K(v,i) for i,v in enumerate(a)]
    l.sort()
    out.append([a,len(log),zlib.crc32(','.join(f'{x}<{y}' for x,y in log).encode()),[k.i for k in l]])
json.dump(out,open('packages/runtime/test/objects/oracle/sort.json','w'))
