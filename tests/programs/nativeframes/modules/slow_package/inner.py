name = __name__
for i in range(5):
    print('inside inner', i, flush=True)
