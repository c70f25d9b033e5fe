from posix import read
import gc
gc.collect(); gc.freeze(); gc.collect()
del gc

class Account:
    interest = 0.02
    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = balance
        self.history = []
    def deposit(self, amount):
        self.balance += amount
        self.history.append(('deposit', amount))
        return self
    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(f'{self.owner} has only {self.balance}')
        self.balance -= amount
        self.history.append(('withdraw', amount))
class Savings(Account):
    interest = 0.05
    def accrue(self):
        self.deposit(self.balance * self.interest)
accounts = {name: cls(name, start) for name, cls, start in
            [('ada', Account, 100.5), ('bob', Savings, 200.25), ('cyd', Savings, 0.0)]}
accounts['ada'].deposit(50.0).deposit(25.5)
accounts['bob'].accrue()
failures = []
for name in accounts:
    try:
        accounts[name].withdraw(120.0)
    except ValueError as error:
        failures.append(error)
total = sum(a.balance for a in accounts.values())
by_balance = sorted(accounts.values(), key=lambda a: -a.balance)
def report():
    lines = [f'{a.owner:>5} {a.balance:8.2f}' for a in by_balance]
    text = '\n'.join(lines)
    read(0, 1)
report()
