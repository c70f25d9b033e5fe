# The same, but the name that keeps the exception is deleted before the frame ends.


def load(n):
    data = bytearray(1000)
    failure = None
    try:
        data[1000 + n] = 1
    except IndexError as e:
        failure = e
    try:
        return failure is None
    finally:
        del failure


print(sum(load(n) for n in range(40)), 'loaded')
