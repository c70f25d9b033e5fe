# The same with weak references: a view that nobody else holds goes at once, and so does its listener.
from weakref import WeakMethod


class Bus:
    def __init__(self):
        self.listeners = []

    def add(self, listener):
        self.listeners.append(WeakMethod(listener, self.listeners.remove))


class View:
    def __init__(self, bus, name):
        self.name = name
        self.rows = list(range(20))
        bus.add(self.changed)

    def changed(self, event):
        return self.name, event


bus = Bus()


def show(n):
    view = View(bus, f'view {n}')
    return len(view.rows)


print(sum(show(n) for n in range(50)), 'rows shown')
