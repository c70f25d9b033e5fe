print('two starts')
import one
y = 'y of two sees ' + one.x
print('two ends', hasattr(one, 'get'))
