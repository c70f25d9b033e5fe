# Objects that come back while the interpreter ends.
class R:
    def __init__(self, name): self.name = name
    def __del__(self):
        print('del', self.name)
        kept.append(self) if kept is not None else print('nowhere to go')
kept = []
a = R('a')
b = R('b')
b.me = b
R('before')
print(len(kept))
