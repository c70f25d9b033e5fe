# A cache without bounds: each new question stays for ever.
answers = {}


def answer(question):
    if question not in answers:
        words = question.split()
        answers[question] = [word.upper() for word in words]
    return answers[question]


for n in range(60):
    answer(f'what is number {n}')
print(len(answers), 'answers kept')
