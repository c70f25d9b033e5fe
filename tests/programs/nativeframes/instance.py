# Making instances: __new__, __init__ and a metaclass's __call__ run for long, and fail, without a loop of their own.
class Meta(type):
    def __call__(cls, *args, **kwargs):
        print('call', cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)


class Base:
    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self.made = len(args), sorted(kwargs)
        return self


class App(Base, metaclass=Meta):
    def __init__(self, n, *, step=1):
        self.total = 0
        for i in range(n):
            for j in range(20):
                self.total += j * step
            print('inside', i, self.total, flush=True)


app = App(12, step=2)
print(app.made, app.total)


class Odd:
    def __new__(cls, what):
        return what

    def __init__(self, what):
        print('init of', what)


print(Odd(3), type(Odd.__new__(Odd, 4)).__name__)


class Wrong:
    def __init__(self, answer):
        if answer is None:
            raise KeyError('no answer')
        return answer

    def __del__(self):
        print('gone')


for answer in (5, None):
    for call in (lambda: Wrong(answer), lambda: Wrong(*[answer]), lambda: Wrong(answer=answer)):
        try:
            call()
        except (TypeError, KeyError) as e:
            tb = e.__traceback__
            lines = []
            while tb:
                lines.append(tb.tb_lineno)
                tb = tb.tb_next
            print(type(e).__name__, e, lines)
        e = None


class Called:
    def __call__(self, *args, **kwargs):
        return args, kwargs


print(Called()(1, 2), Called()(*[1], **{'a': 2}), Called()(b=3))


class Deep:
    def __new__(cls, n=0):
        return object.__new__(cls)

    def __init__(self, n=0):
        Deep(n + 1)


try:
    Deep()
except RecursionError as e:
    print(e)
