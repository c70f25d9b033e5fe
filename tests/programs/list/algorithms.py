# Queens, permutations, matrix, merge sort, binary search, flood fill on lists.
# portable
def queens(n):
    out = []
    def place(row, cols):
        if row == n:
            out.append(cols[:])
            return
        for c in range(n):
            if all(c != k and abs(c - k) != row - r for r, k in enumerate(cols)):
                cols.append(c)
                place(row + 1, cols)
                cols.pop()
    place(0, [])
    return out
q = queens(6)
print(len(q), q[0], len(queens(7)))  # expect: 4 [1, 3, 5, 0, 2, 4] 40
def perms(xs):
    if not xs: return [[]]
    return [[x] + rest for i, x in enumerate(xs) for rest in perms(xs[:i] + xs[i + 1:])]
print(perms([1, 2, 3]), len(perms(list('abcde'))))
A = [[1, 2], [3, 4]]
B = [[0, 1], [1, 1]]
print([[sum(a * b for a, b in zip(r, c)) for c in zip(*B)] for r in A], [list(r) for r in zip(*A)])
def merge_sort(xs):
    if len(xs) < 2: return xs
    m = len(xs) // 2
    a, b, out = merge_sort(xs[:m]), merge_sort(xs[m:]), []
    while a and b:
        out.append((a if a[0] <= b[0] else b).pop(0))
    return out + a + b
print(merge_sort([5, 2, 8, 1, 9, 3, 7, 0, 6, 4]))  # expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
def bisect(xs, v):
    lo, hi = 0, len(xs)
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] < v: lo = mid + 1
        else: hi = mid
    return lo
print([bisect([1, 3, 5, 7], v) for v in range(9)])  # expect: [0, 0, 1, 1, 2, 2, 3, 3, 4]
grid = [list(r) for r in ('..#..', '.##..', '#...#', '..#..')]
def fill(r, c):
    stack = [(r, c)]
    n = 0
    while stack:
        r, c = stack.pop()
        if 0 <= r < len(grid) and 0 <= c < len(grid[0]) and grid[r][c] == '.':
            grid[r][c] = 'o'
            n += 1
            stack += [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    return n
print(fill(0, 4), *map(''.join, grid), sep='\n')
tri = [[1]]
for _ in range(9):
    tri.append([a + b for a, b in zip([0] + tri[-1], tri[-1] + [0])])
print(tri[-1], [sum(r) for r in tri])
life = {(1, 0), (1, 1), (1, 2)}
def step(cells):
    near = [(r + i, c + j) for r, c in cells for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    return {p for p in near if near.count(p) == 3 or near.count(p) == 2 and p in cells}
print(sorted(step(life)), step(step(life)) == life)  # expect: [(0, 1), (1, 1), (2, 1)] True
