# An uncaught error inside an imported function and at import time: frames of both files.
# portable
import lib
print(lib.ok(2))
try:
    lib.fail(0)
except ZeroDivisionError as e:
    print(e)
import bad_at_import
