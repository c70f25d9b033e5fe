# A small filter program: counts words read from standard input.
# portable
# stdin: the cat and the dog\nand the bird\n
import sys
counts = {}
for line in sys.stdin:
    for w in line.split(): counts[w] = counts.get(w, 0) + 1
for w, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])): print(f"{w:<6}{n:>3}")
print(sum(counts.values()), file=sys.stderr)
