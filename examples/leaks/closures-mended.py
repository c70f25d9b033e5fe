# The same with the last 5 steps: older ones, and the texts they keep, go.
from collections import deque

undo = deque(maxlen=5)


def edit(text, at):
    before = text[:]
    changed = text[:at] + '*' + text[at + 1 :]

    def back():
        return before

    undo.append(back)
    return changed


text = 'x' * 500
for n in range(50):
    text = edit(text, n)
print(text.count('*'), 'edits')
