def __getattr__(name):
    if name == 'nothing': raise AttributeError('lazy has no nothing')
    return 'lazy ' + name
computed = 'eager'
