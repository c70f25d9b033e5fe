VALUE = 'value'
from . import inner as mine
