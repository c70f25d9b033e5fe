# A bank, a queue, an LRU cache and a trie: ordinary object code with counts checked at the end.
import sys, gc
class LRU:
    class Node:
        __slots__ = ('k', 'v', 'prev', 'next')
    def __init__(self, n):
        self.n, self.map = n, {}
        self.head, self.tail = LRU.Node(), LRU.Node()
        self.head.next, self.tail.prev = self.tail, self.head
    def _unlink(self, x): x.prev.next, x.next.prev = x.next, x.prev
    def _front(self, x):
        x.next, x.prev = self.head.next, self.head
        self.head.next.prev = x
        self.head.next = x
    def get(self, k):
        x = self.map.get(k)
        if x is None: return None
        self._unlink(x)
        self._front(x)
        return x.v
    def put(self, k, v):
        if k in self.map: self._unlink(self.map[k])
        elif len(self.map) >= self.n:
            last = self.tail.prev
            self._unlink(last)
            del self.map[last.k]
        x = self.map[k] = LRU.Node()
        x.k, x.v = k, v
        self._front(x)
c = LRU(3)
for k in 'abcadbea': c.put(k, k * 2) if c.get(k) is None else None
print(sorted(c.map), c.get('a'), c.get('zz'))
class Trie:
    def __init__(self): self.kids, self.end = {}, False
    def add(self, w):
        t = self
        for ch in w: t = t.kids.setdefault(ch, Trie())
        t.end = True
    def words(self, pre=''):
        if self.end: yield pre
        for ch in sorted(self.kids): yield from self.kids[ch].words(pre + ch)
t = Trie()
for w in 'car cart care cat dog do'.split(): t.add(w)
print(list(t.words()), list(t.kids['c'].words('c')))
class Account:
    total = 0
    def __init__(self, owner, balance=0):
        self.owner, self.balance, self.history = owner, balance, []
        Account.total += balance
    def move(self, other, n):
        if n > self.balance: raise ValueError(f'{self.owner} has only {self.balance}')
        self.balance -= n
        other.balance += n
        self.history.append((other, -n))
        other.history.append((self, n))
a, b = Account('Ann', 100), Account('Bob')
a.move(b, 30)
try:
    b.move(a, 50)
except ValueError as e:
    print(e)
print(a.balance, b.balance, Account.total, a.history[0][0] is b, sys.getrefcount(a) - 1, sys.getrefcount(b) - 1)
gc.collect()
del a, b
n = gc.collect()
print(n)
del c
print(gc.collect() > 0)
