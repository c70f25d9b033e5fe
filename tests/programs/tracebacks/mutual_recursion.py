# Mutual recursion is not folded until lines repeat.
# portable
import sys
sys.setrecursionlimit(30)
def a(n): return b(n)
def b(n): return a(n)
a(1)
