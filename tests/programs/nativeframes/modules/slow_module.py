total = 0
for i in range(10):
    for j in range(20):
        total += j
    print('inside module', i, total, flush=True)
