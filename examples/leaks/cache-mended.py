# The same cache with room for 8: the oldest answer makes room for a new one.
answers = {}
ROOM = 8


def answer(question):
    if question not in answers:
        if len(answers) >= ROOM:
            del answers[next(iter(answers))]
        words = question.split()
        answers[question] = [word.upper() for word in words]
    return answers[question]


for n in range(60):
    answer(f'what is number {n}')
print(len(answers), 'answers kept')
