from b import write


class Q:
    def __del__(self, write=write): write('sub %s' % __name__)


q = Q()
import pkg
pkg_alias = pkg
