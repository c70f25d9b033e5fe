# sys.exit and SystemExit: exit code and what is written (in_finally).
# portable
import sys
try:
    sys.exit(4)
finally:
    print("finally before exit")
