# sys.stdin: read, readline, iteration.
# stdin: one\ntwo three\n\nfour é€\nfive
import sys
print(repr(sys.stdin.readline()), repr(sys.stdin.readline(3)), repr(sys.stdin.read(4)))  # expect: 'one\n' 'two' ' thr'
for line in sys.stdin:
    print(repr(line))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), sys.stdin.name, sys.stdin.encoding, sys.stdin.mode)
