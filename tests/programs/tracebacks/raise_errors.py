# Raising what is not an exception.
# portable
for v in (5, "text", int, None, object()):
    try:
        raise v
    except TypeError as e:
        print(e)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    raise
except RuntimeError as e:
    print(e)
class Weird(Exception):
    def __new__(cls, *a): return 5
try:
    raise Weird
except TypeError as e:
    print(e)
try:
    try:
        1/0
    except 5:
        pass
except TypeError as e:
    print(e)
try:
    try:
        1/0
    except (ValueError, "x"):
        pass
except TypeError as e:
    print(e)
raise Weird
