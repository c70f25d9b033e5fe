# Exceptions with their own __str__, attributes, no arguments, and one whose __str__ fails.
# portable
class MyErr(Exception):
    def __init__(self, code): self.code = code
    def __str__(self): return f"code {self.code}"
class Silent(Exception): pass
class Bad(Exception):
    def __str__(self): raise ValueError
try:
    raise MyErr(5)
except MyErr as e:
    print(e, repr(e), e.args, e.code)
try:
    try:
        raise Bad
    except Bad:
        raise Silent
except Silent:
    raise MyErr(42)
