# Arguments of the command line.
# portable
# args: first "second arg" --flag=1 -x é
import sys
print(len(sys.argv), sys.argv[0], sys.argv[1:])
for a in sys.argv[1:]:
    if a.startswith("--"):
        k, _, v = a[2:].partition("=")
        print("option", k, v)
sys.exit(len(sys.argv))
