def fail():
    raise OSError('while importing')


fail()
