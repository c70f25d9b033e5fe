# sys.exit and SystemExit: exit code and what is written (in_del).
# portable
import sys
class D:
    def __del__(self):
        print("del at exit")
d = D()
sys.exit(2)
