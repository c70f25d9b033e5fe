# sys.exit and SystemExit: exit code and what is written (true).
# portable
import sys
sys.exit(True)
