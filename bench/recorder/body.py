# all of it runs in the body of an imported module
import sys

sys.path.insert(0, sys.path[0] + '/modules')
import long_body

print(long_body.total)
