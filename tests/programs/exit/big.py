# sys.exit and SystemExit: exit code and what is written (big).
# portable
import sys
sys.exit(256 + 7)
