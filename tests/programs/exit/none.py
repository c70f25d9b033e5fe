# sys.exit and SystemExit: exit code and what is written (none).
# portable
import sys
sys.exit()
