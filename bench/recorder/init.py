# all of it runs in App.__init__
import sys


class App:
    def __init__(self, n):
        self.log = []
        self.state = {}
        for i in range(n):
            self.step(i)

    def step(self, i):
        self.state[i % 997] = i
        self.log.append((i, self.state.get(i % 13)))
        if len(self.log) > 500:
            self.log.clear()


app = App(int(sys.argv[1]) // 42)
print(len(app.log))
