# The order in which a collection leaves survivors, what it untracks on the way, and the order in which garbage dies:
# pseudo-random graphs of lists, tuples, dicts, instances and generators, collected generation by generation.
import gc
import weakref

gc.disable()
gc.collect()
gc.freeze()

state = 1


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


class Node:
    def __init__(self, number):
        self.number = number
        self.other = None


class Dying(Node):
    def __del__(self):
        deaths.append(self.number)
        if self.number % 7 == 0:
            saved.append(self)


class Slotted:
    __slots__ = ('a', 'b', '__weakref__')


def gen(x):
    yield x


deaths = []
saved = []
names = {}
alive = set()
untracked = []


def reach(x):
    """Notes what the collection has left: only their addresses still belong to them."""
    if id(x) in names and id(x) not in alive:
        alive.add(id(x))
        if not gc.is_tracked(x):
            untracked.append(names[id(x)])
        for y in gc.get_referents(x):
            reach(y)



def make(i, pool):
    kind = rand(9)
    pick = lambda: pool[rand(len(pool))] if pool else None
    if kind == 0:
        return [pick() for _ in range(rand(4))]
    if kind == 1:
        return (pick(), i)
    if kind == 2:
        return {i: pick(), 'k': pick()} if rand(2) else {i: 'x', 'k': float(i)}
    if kind == 3:
        return ((i, 'deep'), (float(i),))
    if kind == 4:
        n = Node(i)
        n.other = pick()
        return n
    if kind == 5:
        n = Dying(i)
        n.other = pick()
        return n
    if kind == 6:
        s = Slotted()
        s.a = pick()
        s.b = (i,)
        return s
    if kind == 7:
        return {j: (i, j) for j in range(rand(3))}
    g = gen(pick())
    next(g)
    return g


def describe(x):
    return names[id(x)]


def show(title):
    print(title)
    for generation in range(3):
        objects = gc.get_objects(generation)
        print(' ', generation, [describe(x) for x in objects if id(x) in alive])


for round in range(30):
    pool = []
    names.clear()
    callbacks = []
    refs = []
    for i in range(40):
        x = make(i, pool)
        names[id(x)] = f'{type(x).__name__}{i}'
        if isinstance(x, tuple):
            for j, item in enumerate(x):
                if isinstance(item, tuple):
                    names[id(item)] = f'part{i}.{j}'
        pool.append(x)
        x = None
    for _ in range(25):
        a = pool[rand(len(pool))]
        b = pool[rand(len(pool))]
        if type(a) is list:
            a.append(b)
        elif type(a) is dict:
            a[rand(5)] = b
        elif isinstance(a, Node):
            a.other = b
        elif isinstance(a, Slotted):
            a.b = b
    for x in pool:
        if isinstance(x, (Node, Slotted)) and rand(3) == 0:
            def called(r, n=names[id(x)]):
                callbacks.append(n)
            refs.append(weakref.ref(x, called))
    a = b = x = None
    kept = [pool[rand(len(pool))] for _ in range(12)]
    generation = round % 3
    pool = None
    print('round', round, 'found', gc.collect(generation), 'count', gc.get_count())
    alive.clear()
    untracked.clear()
    for x in kept:
        reach(x)
    x = None
    show('after')
    print('  untracked', untracked)
    print('  deaths', deaths, 'callbacks', callbacks, 'saved', [s.number for s in saved])
    print('  alive', [r() is not None for r in refs])
    deaths.clear()
    kept = None
    print('round', round, 'again', gc.collect(), deaths, callbacks)
    deaths.clear()
    saved.clear()
    refs = None
print(gc.get_stats()[2]['collected'] > 0, gc.garbage)
