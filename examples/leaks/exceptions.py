# An exception that a local name keeps: its traceback holds the frame, and the frame holds the exception.


def load(n):
    data = bytearray(1000)
    failure = None
    try:
        data[1000 + n] = 1
    except IndexError as e:
        failure = e
    return failure is None


print(sum(load(n) for n in range(40)), 'loaded')
