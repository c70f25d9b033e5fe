# ModuleNotFoundError uncaught.
# portable
import sys
print('about to import')
from some_module_that_is_not_there.sub import thing
