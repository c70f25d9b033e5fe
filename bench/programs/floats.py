# Floats in attributes: bodies attracting one another.
import time


class Body:
    def __init__(self, x, y, vx, vy, m):
        self.x = x
        self.y = y
        self.vx = vx
        self.vy = vy
        self.m = m


def step(bodies, dt):
    for a in bodies:
        fx = 0.0
        fy = 0.0
        for b in bodies:
            if a is not b:
                dx = b.x - a.x
                dy = b.y - a.y
                d2 = dx * dx + dy * dy + 0.01
                f = b.m / d2
                fx += dx * f
                fy += dy * f
        a.vx += fx * dt
        a.vy += fy * dt
    for a in bodies:
        a.x += a.vx * dt
        a.y += a.vy * dt


def run(n):
    bodies = [Body(float(i), float(i * i % 7), 0.0, 0.1 * i, 1.0 + i) for i in range(6)]
    for _ in range(n):
        step(bodies, 0.001)
    return bodies


t = time.time()
r = run(70000)
print('elapsed', time.time() - t)
print('answer', int(sum([b.x * 1000 for b in r])))
