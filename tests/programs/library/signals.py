# signal and unicodedata: what a process knows of signals, names of characters.
import signal
import unicodedata

print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGPIPE), signal.SIGUSR1)
seen = []
old = signal.signal(signal.SIGUSR1, lambda n, f: seen.append(n))
signal.raise_signal(signal.SIGUSR1)
print(old, seen, signal.strsignal(10), signal.strsignal(2), len(signal.valid_signals()))
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e:
    print(repr(e))
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.raise_signal(signal.SIGINT)
print(signal.getsignal(signal.SIGINT))
for call in (lambda: signal.signal(99, lambda: 0), lambda: signal.signal(1, 3), lambda: signal.signal(9, print), lambda: signal.getsignal(0)):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
print(unicodedata.lookup('LESS-THAN SIGN'), unicodedata.name('é'), unicodedata.name('\0', 'none'), unicodedata.unidata_version)
print(ascii(unicodedata.normalize('NFD', 'é')), ascii(unicodedata.normalize('NFKC', 'ﬁ')), unicodedata.is_normalized('NFC', 'é'))
print(unicodedata.decimal('٣'), unicodedata.digit('²'), unicodedata.decimal('a', -1))
for call in (lambda: unicodedata.lookup('XX'), lambda: unicodedata.name('\0'), lambda: unicodedata.name('ab'), lambda: unicodedata.normalize('X', 'a'), lambda: unicodedata.digit('a')):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)
