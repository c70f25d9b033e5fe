# Carets under an attribute chain and a suggestion.
# portable
class Config:
    def __init__(self): self.timeout = 5
class App:
    config = Config()
app = App()
print(app.config.timeout)
print(app.config.timeuot + 1)
