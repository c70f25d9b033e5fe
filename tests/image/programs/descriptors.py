from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, instance, owner): return self if instance is None else getattr(instance, self.name, None)
    def __set__(self, instance, value): setattr(instance, self.name, value)
class Account:
    owner = Typed(str)
    balance = Typed(float)
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
    @property
    def doubled(self): "Twice the balance."; return self.balance * 2
    @doubled.setter
    def doubled(self, value): self.balance = value / 2
    @staticmethod
    def make(n): return Account('made', n)
    @classmethod
    def kind(cls): return cls.__name__
    def __getattr__(self, name): return [name]
    def deposit(self, n): self.balance += n
x = Account('ada', 10.5)
bound = x.deposit
bound(4.5)
of_class = Account.kind
static = Account.make(1.25)
prop = Account.__dict__['doubled']
missing = x.anything
wrapper = [].__add__
method = 'text here'.upper
slot = Typed.__dict__['__init__']
proxied = Account.__dict__
read(0, 1)
