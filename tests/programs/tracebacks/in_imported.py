# An error inside a comprehension in a method, in a class hierarchy, across super calls.
# portable
class Base:
    def run(self, items):
        return [self.step(i) for i in items]
    def step(self, i): raise NotImplementedError(f"step of {type(self).__name__}")
class Child(Base):
    def run(self, items):
        result = super().run(items)
        return result
Child().run([1, 2])
