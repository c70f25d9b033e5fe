# An exception whose __str__ raises.
# portable
class Bad(Exception):
    def __str__(self): raise ValueError("no text")
raise Bad(1)
