import sys

total = 0
recent = []
for number in range(int(sys.argv[1]) // 26):
    total = (total * 7 + number) % 1000003
    recent.append([number])
    if len(recent) == 100:
        recent = []
