# sys.exit and SystemExit: exit code and what is written (object).
# portable
class X:
    def __str__(self): return "custom object"
raise SystemExit(X())
