print('second', __package__)
