from .. import VALUE
from ..inner import name as other

total = VALUE + other
