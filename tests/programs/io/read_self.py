# A program that reads its own source: lines, count, characters, slicing of text.
# portable
with open(__file__, encoding='utf-8') as f: text = f.read()
lines = text.splitlines()
print(len(lines), lines[0], len(text))
words = {}
for w in text.replace('(', ' ').replace(')', ' ').split(): words[w] = words.get(w, 0) + 1
print(sorted(words.items(), key=lambda p: (-p[1], p[0]))[:5])
print(max(lines, key=len)[:40], sum(map(len, lines)), text.count('e'), text.index('import') if 'import' in text else -1)
with open(__file__, 'rb') as f: data = f.read()
print(len(data) == len(text.encode()), data[:10], hash(data) == hash(text.encode()))  # expect: True b'# A progra' True
for i, line in enumerate(open(__file__)):
    if i == 2: print(i, line.rstrip())
é = 'ünï'
print(é, len('é'))  # expect: ünï 1
