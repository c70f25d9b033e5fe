from . import VERSION
from .b import name as bname
name = 'a after ' + bname + ' of ' + VERSION
