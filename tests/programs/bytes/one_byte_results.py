import sys
r=sys.getrefcount
b=b'a'; e=b''; A=b'A'; t=b'\t'
class B:
    def __bytes__(self): return bytes([66])
for name, f in [
 ('swapcase',lambda:b.swapcase()),('title',lambda:b.title()),('cap',lambda:b.capitalize()),('upper',lambda:b.upper()),('ljust',lambda:e.ljust(1)),('rjust',lambda:e.rjust(1)),('center',lambda:e.center(1)),('zfill',lambda:e.zfill(1)),
 ('rep1',lambda:b.replace(b'a',b'b')),('rep2',lambda:b.replace(b'x',b'b')),('rep3',lambda:b'aaa'.replace(b'aa',b'')),('rep4',lambda:e.replace(b'',b'x')),('rep5',lambda:b'ab'.replace(b'ab',b'q')),('rep6',lambda:b.replace(b'a',b'b',0)),
 ('splitl',lambda:b'a\nb'.splitlines()[0]),('%%',lambda:b'%%'%()),('%d',lambda:b'%d'%5),('%s',lambda:b'%s'%b),('join3',lambda:b''.join([b'',b'a',b''])),('join',lambda:b''.join([b])),('join4',lambda:b','.join([b'',b''])),('trans',lambda:b.translate(bytes(range(256)))),('trans2',lambda:b.translate(bytes(256))),('trans3',lambda:b'ab'.translate(bytes(range(256)),b'a')),('trans4',lambda:b.translate(None,b'x')),
 ('rp',lambda:b'ab'.removeprefix(b'a')),('exp',lambda:b.expandtabs()),('exp2',lambda:t.expandtabs(1)),('Bb',lambda:bytes(B())),('bytes(b)',lambda:bytes(b)),('mul',lambda:b*1),('mul2',lambda:e*5),('add',lambda:e+b),('add2',lambda:b''+bytearray(b'a')),('idx',lambda:b'abc'[::3]),('idx2',lambda:b'abc'[1:2]),('idx3',lambda:b'abc'[2:1:-1]),('enc',lambda:'a'.encode('ascii')),('enc2',lambda:'a'.encode('utf-16-le')[:1]),('enc3',lambda:'é'.encode('ascii','replace')),('enc4',lambda:'é'.encode('ascii','ignore')),('cp',lambda:'\n'.encode('unicode_escape')[:1]),('ra',lambda:'a'.encode('raw_unicode_escape')),('tb',lambda:(5).to_bytes()),('rs',lambda:b'a b'.rsplit()[0]),('rpart',lambda:b'a b'.rpartition(b' ')[2]),('ls',lambda:b' a'.lstrip()),('asc',lambda:('%a'%5).encode()),
 ('arr',lambda:bytes(bytearray(b'xa')[1:])),('range',lambda:bytes(range(1))),('set',lambda:bytes({1})),('dict',lambda:bytes({1:2})),('tuple2',lambda:bytes((1,))),('listsub',lambda:bytes([True]))]:
    print(name, r(f()))
# constants that the compiler folds: who refers to them, and what a collection untracks
import gc
print(r(b'ab' + b'cd'), r(b'abc'), r(b'abc' * 2), r((1, 2) + (3,)), r(((1, 2), 3)))
gc.collect()
print(gc.is_tracked(((1, 2),)), gc.is_tracked(((1, 2), 3)), gc.is_tracked((1, (2, (3,)))))
