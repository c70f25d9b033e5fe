# Circular imports: partially initialised modules and their error.
import one
print(one.x, one.two.y, one.get())
try:
    import three
except ImportError as e:
    print(str(e).split(' (/')[0].split(' ({')[0])
try:
    import five
except AttributeError as e:
    print(str(e).split(' (/')[0])
