# sys.exit and SystemExit: exit code and what is written (caught).
# portable
import sys
try:
    sys.exit(5)
except SystemExit as e:
    print("caught", e.code, e.args)
try:
    sys.exit("m")
except BaseException as e:
    print(repr(e), e.code)
print(SystemExit().code, SystemExit(1, 2).code)
try:
    exit
    print("exit exists")
except NameError as e:
    print(e)
sys.exit(6)
