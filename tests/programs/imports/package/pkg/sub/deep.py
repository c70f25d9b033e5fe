from .. import VERSION as up
from ..b import name as _b
where = __name__
