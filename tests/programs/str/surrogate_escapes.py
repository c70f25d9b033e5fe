# Surrogates written by escapes stay two characters: in literals, joined literals, folded constants, f-strings.
s = '\ud83d\ude00'
print(len(s), len('\U0001f600'), s == '\U0001f600', ascii(s))
t = 'a\ud800' '\udc00b'
print(len(t), ascii(t), [hex(ord(c)) for c in t])
print(ascii('\ud83d' + '\ude00'), len('\ud83d' + '\ude00'), ascii('\ude00\ud83d' * 2), len('\ude00\ud83d' * 2))
print(ascii('\ud83d\ude00'[1]), ascii('\ud83d\ude00'[0]), ascii('\U0001f600'[0]))
x = 1
print(ascii(f'\ud83d\ude00{x}\ud83d' '\ude00'), len(f'\ud83d\ude00'))
print(ascii({'\ud83d\ude00': 1, '\U0001f600': 2}), '\ud83d\ude00' in {'\ud83d\ude00', '\U0001f600'})
print(len({'\ud83d\ude00', '\U0001f600'}), '\ud83d\ude00'.encode('utf-16-le', 'surrogatepass').decode('utf-16-le') == '\U0001f600')


def f():
    return '\ud83d\ude00', '\U0001f600', '\ud83d\ude00'


print([len(c) for c in f()], f()[0] is f()[2], ascii(f.__code__.co_consts))
print(ascii('%s\ud83d\ude00' % ('x',)), ascii('\ud83d%s\ude00' % ('',)))
