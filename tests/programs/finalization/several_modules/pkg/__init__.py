from b import write
from . import sub


class Q:
    def __del__(self, write=write): write('pkg %s %s' % (sub and sub.__name__, __name__))


q = Q()
