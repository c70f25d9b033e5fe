# sys.exit and SystemExit: exit code and what is written (message).
# portable
import sys
print("stdout text")
sys.exit("message to stderr")
