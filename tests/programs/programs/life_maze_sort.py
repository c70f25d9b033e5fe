# Maze by breadth-first search, topological sort, Dijkstra, longest common subsequence, Roman numerals.
# portable
maze = ['#########', '#S..#...#', '##.#..#.#', '#..##.#E#', '#.......#', '#########']
pos = {c: (r, row.index(c)) for r, row in enumerate(maze) for c in 'SE' if c in row}
seen, todo = {pos['S']: None}, [pos['S']]
for p in todo:
    for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        q = p[0] + dr, p[1] + dc
        if q not in seen and maze[q[0]][q[1]] != '#':
            seen[q] = p
            todo.append(q)
path, p = [], pos['E']
while p:
    path.append(p)
    p = seen[p]
print(len(path), path[::-1][:4])  # expect: 11 [(1, 1), (1, 2), (2, 2), (3, 2)]
deps = {'shirt': ['tie', 'belt'], 'tie': ['jacket'], 'trousers': ['shoes', 'belt'], 'belt': ['jacket'], 'socks': ['shoes'], 'shoes': [], 'jacket': []}
order, mark = [], set()
def visit(n):
    if n in mark: return
    mark.add(n)
    for m in deps[n]: visit(m)
    order.insert(0, n)
for n in deps: visit(n)
print(order)  # expect: ['socks', 'trousers', 'shoes', 'shirt', 'belt', 'tie', 'jacket']
graph = {'A': {'B': 7, 'C': 3}, 'B': {'D': 2}, 'C': {'B': 1, 'D': 8}, 'D': {}}
dist, done = {'A': 0}, set()
while len(done) < 4:
    u = min((n for n in dist if n not in done), key=dist.get)
    done.add(u)
    for v, w in graph[u].items(): dist[v] = min(dist.get(v, 10**9), dist[u] + w)
print(dist)  # expect: {'A': 0, 'B': 4, 'C': 3, 'D': 6}
def lcs(a, b):
    t = [[''] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b): t[i + 1][j + 1] = t[i][j] + x if x == y else max(t[i][j + 1], t[i + 1][j], key=len)
    return t[-1][-1]
print(lcs('AGGTABXYZ', 'GXTXAYBZ'))  # expect: GTABZ
def roman(n):
    s = ''
    for v, r in ((1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        s += r * (n // v)
        n %= v
    return s
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2026, 3999)])
def brackets(s):
    st = []
    for c in s:
        if c in '([{': st.append(c)
        elif not st or '([{'.index(st.pop()) != ')]}'.index(c): return False
    return not st
print([brackets(s) for s in ('([]{})', '([)]', '((', '', '}')])  # expect: [True, False, False, True, False]
def caesar(s, k): return ''.join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c for c in s)
print(caesar('hello, world', 3), caesar(caesar('hello, world', 3), -3))  # expect: khoor, zruog hello, world
def knap(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1): best[c] = max(best[c], best[c - w] + v)
    return best[cap]
print(knap([(12, 4), (2, 2), (1, 1), (4, 10), (1, 2)], 15), sorted({''.join(sorted(w)) for w in ('eat', 'tea', 'tan', 'ate', 'nat')}))
