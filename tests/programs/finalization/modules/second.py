NAME = 'second'
