# Slide "Heard of only Objects": everything has a unique id, a type, a value and a reference count.
variable = 9
print(id(variable))  # slide: 9785152
print(type(variable))

import sys
print(variable)
print(sys.getrefcount(variable) > 1)
