import six_
q = 1
