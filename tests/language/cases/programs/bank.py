"""Classes, exceptions and formatting together."""
class InsufficientFunds(Exception):
    def __init__(self, need, have):
        super().__init__(f"need {need:.2f}, have {have:.2f}")
        self.missing = need - have
class Account:
    rate = 0.02
    def __init__(self, owner, balance=0):
        self.owner, self._balance, self.log = owner, balance, []
    @property
    def balance(self): return self._balance
    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount
        self.log.append(("withdraw", amount))
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"bad amount: {amount!r}")
        self._balance += amount
        self.log.append(("deposit", amount))
class Savings(Account):
    rate = 0.05
    def interest(self):
        self.deposit(self.balance * self.rate)
accounts = [Account("Ann", 100), Savings("Bob", 200)]
for account in accounts:
    for action, amount in (("deposit", 50), ("withdraw", 500), ("deposit", -1), ("withdraw", 20)):
        try:
            getattr(account, action)(amount)
        except InsufficientFunds as error:
            print(account.owner, "refused:", error, f"missing {error.missing:.1f}")
        except ValueError as error:
            print(account.owner, "error:", error)
    if isinstance(account, Savings):
        account.interest()
    print(f"{account.owner}: {account.balance:,.2f} {account.log}")
