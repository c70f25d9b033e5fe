# sys.exit and SystemExit: exit code and what is written (tuple).
# portable
import sys
sys.exit((1, "two"))
