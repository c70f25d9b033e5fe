"""Where CPython's pymalloc puts blocks of 512 bytes, step by step, in arenas that nothing else uses.

    PYTHONHASHSEED=0 python3.13 -I -S arenas.py > arenas-3.13.0.json
    PYTHONHASHSEED=0 python3.9 -I -S arenas.py > arenas-3.9.18.json
    PYTHONHASHSEED=0 python3.8 -I -S arenas.py > arenas-3.8.18.json

Prints a checksum for every 200 allocations. The kernel chooses where arenas lie: run it again until every arena
begins with a pool, as ours do.
"""
import array
import ctypes
import gc
import json
import sys

N = 12000
POOL, ARENA = (0x4000, 0x100000) if sys.version_info >= (3, 10) else (0x1000, 0x40000)
PER = (POOL - 48) // 512
FILLER = 20000
slots = [None] * N
filler = [None] * FILLER
kept = []
bases = array.array("Q", bytes(8 * 256))
sums = array.array("Q", bytes(8 * 4096))
seed = 12345
index_at = ctypes.c_uint32.from_address


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 8) % n


def fill():
    """Takes every pool there is, up to the end of an arena, so that the next block begins a new one."""
    for size in range(16, 512, 16):
        # Free blocks in every other class, in pools that stay, so that none of them takes a pool later.
        make = object if size == 16 else float if size == 32 else bytes
        blocks = [make(max(0, size - 33)) if size > 16 else make() for i in range(3 * 16336 // size)]
        kept.append(blocks[::2])
    pools = set()
    for i in range(FILLER):
        filler[i] = bytes(479)
        pool = id(filler[i]) - 48
        if i > 2500 and pool % POOL == 0:
            pools.add(pool)
            if all(pool - POOL * k in pools for k in range(64)) and pool - POOL * 64 not in pools:
                break
    else:
        sys.exit("arenas are not aligned: run it again")
    for k in range(1, PER):
        filler[i + k] = bytes(479)


def main():
    gc.disable()
    fill()
    nsums = checksum = allocs = maps = 0
    first = -1
    for step in range(60):
        for k in range(rnd(9000)):
            s = rnd(N)
            if slots[s] is None:
                slots[s] = bytes(479)
                a = id(slots[s])
                # The number of its arena_object, as the pool's header has it.
                b = index_at(a // POOL * POOL + 32).value
                if first < 0:
                    first = b
                b -= first
                if not 0 <= a - bases[b] < ARENA:
                    bases[b] = a - 48
                    maps += 1
                off = a - bases[b]
                n = (b * 64 + off // POOL) * PER + (off % POOL - 48) // 512
                checksum = (checksum * 31 + n) & 0xFFFFFFFF
                allocs += 1
                if allocs % 200 == 0:
                    sums[nsums] = checksum
                    nsums += 1
        drop = rnd(13000)
        start = rnd(N)
        for k in range(drop):
            slots[(start + k) % N] = None
    if any(base % POOL for base in bases):
        sys.exit("arenas are not aligned: run it again")
    print(json.dumps({"version": sys.version.split()[0], "allocs": allocs, "maps": maps, "sums": list(sums[:nsums])}))


main()
