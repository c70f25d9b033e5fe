from ..a import name
