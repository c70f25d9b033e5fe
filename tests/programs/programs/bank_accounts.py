# A bank: exceptions of its own, properties, class methods, ordering, context managers, formatted tables.
class BankError(Exception):
    def __init__(self, message, *, account=None, code=0):
        super().__init__(message)
        self.account, self.code = account, code
    def __str__(self): return f'[{self.code:03d}] {super().__str__()} ({self.account!r})'
class Insufficient(BankError): pass
class Account:
    _next, registry = 1000, {}
    __slots__ = ('owner', '_balance', 'number', 'history', '__weakref__')
    def __init_subclass__(cls, /, rate=0.0, **kw):
        super().__init_subclass__(**kw)
        cls.rate = rate
    def __init__(self, owner, balance=0):
        self.owner, self._balance, self.history = owner, balance, []
        self.number = type(self).fresh()
        Account.registry[self.number] = self
    @classmethod
    def fresh(cls):
        Account._next += 1
        return Account._next
    @property
    def balance(self):
        "What is there."
        return self._balance
    @balance.setter
    def balance(self, value):
        if value < 0: raise Insufficient('would go below zero', account=self, code=value % 100)
        self.history.append(value - self._balance)
        self._balance = value
    def __iadd__(self, amount):
        self.balance += amount
        return self
    def __isub__(self, amount):
        self.balance -= amount
        return self
    def __lt__(self, other): return (self._balance, self.owner) < (other._balance, other.owner)
    def __eq__(self, other): return NotImplemented if not isinstance(other, Account) else self.number == other.number
    def __hash__(self): return hash(self.number)
    def __repr__(self): return f'{type(self).__name__}({self.owner!r}, {self._balance})'
    def __format__(self, spec): return format(self._balance, spec) if spec else str(self)
class Savings(Account, rate=0.025):
    __slots__ = ()
    def accrue(self): self.balance += round(self.balance * self.rate)
class Transfer:
    def __init__(self, *accounts): self.accounts = accounts
    def __enter__(self):
        self.saved = [(a, a.balance, len(a.history)) for a in self.accounts]
        return self
    def __exit__(self, kind, exc, tb):
        if exc is None: return False
        for a, balance, n in self.saved:
            a._balance = balance
            del a.history[n:]
        print('rolled back:', kind.__name__, exc, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)
        return isinstance(exc, BankError)
ann, bob, cy = Account('Ann', 100), Savings('Bob', 2000), Savings('Cy')
with Transfer(ann, bob):
    ann += 50
    bob -= 50
with Transfer(ann, cy):
    ann -= 120
    cy -= 1
try:
    with Transfer(ann): ann += 'x'
except TypeError as e:
    print(type(e).__name__, e)
for _ in range(3): bob.accrue()
print(f'{"owner":<8}|{"balance":>12}|{"rate":^8}|history')
print('-' * 40)
for a in sorted(Account.registry.values(), reverse=True):
    print(f'{a.owner:<8}|{a:>12,}|{getattr(a, "rate", "-")!s:^8}|{a.history}')
print(max(ann, bob), min(ann, bob, cy), ann == bob, ann == 5, {ann: 1}[ann], Account.balance.__doc__, f'{ann}', f'{bob:x}')
for bad in (lambda: setattr(ann, 'x', 1), lambda: setattr(ann, 'number', None) or ann < 5, lambda: delattr(ann, 'balance'), lambda: Account(), lambda: Savings.rate.x):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
