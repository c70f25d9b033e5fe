from .. import VERSION as up
from ...pkg.b import name as _b if False else up
where = __name__
