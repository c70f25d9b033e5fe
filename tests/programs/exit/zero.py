# sys.exit and SystemExit: exit code and what is written (zero).
# portable
import sys
print("out")  # expect: out
sys.exit(0)
print("never")
