from moult import unsafe
print('before')
unsafe.poke(0x7000000000000, 3)
