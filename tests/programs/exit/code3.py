# sys.exit and SystemExit: exit code and what is written (code3).
# portable
import sys
sys.exit(3)
