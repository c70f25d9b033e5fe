# Closures that outlive their use: each undo step keeps the whole text it was made for.
undo = []


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
