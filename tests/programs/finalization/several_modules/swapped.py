import sys
import types
from b import write


class Lazy(types.ModuleType):
    def __del__(self, write=write): write('module %s dies' % self.__name__)


new = Lazy('swapped')
new.old = sys.modules['swapped']
new.about = 'the module in its own place'
sys.modules['swapped'] = new
