from moult import unsafe
print('before', flush=True)
unsafe.peek(16)
