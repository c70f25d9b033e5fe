# Metaclasses, descriptors, decorators and class hierarchies working together.
class Field:
    count = 0
    def __init__(self, kind, default=None, check=None):
        self.kind, self.default, self.check = kind, default, check
        Field.count += 1
        self.order = Field.count
    def __set_name__(self, owner, name):
        self.name = name
        print('named', owner.__name__, name)
    def __get__(self, obj, owner=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, self.default)
    def __set__(self, obj, value):
        if not isinstance(value, self.kind): raise TypeError(f'{type(obj).__name__}.{self.name}: {value!r} is no {self.kind.__name__}')
        if self.check and not self.check(value): raise ValueError(f'{self.name} refuses {value!r}')
        obj.__dict__[self.name] = value
    def __delete__(self, obj): del obj.__dict__[self.name]
class Meta(type):
    models = []
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prepare', name, [b.__name__ for b in bases], kw)
        return {'_made_by': mcs.__name__}
    def __new__(mcs, name, bases, ns, table=None, **kw):
        cls = super().__new__(mcs, name, bases, ns, **kw)
        fields = {}
        for base in reversed(cls.__mro__): fields.update((k, v) for k, v in vars(base).items() if isinstance(v, Field))
        cls._fields = dict(sorted(fields.items(), key=lambda kv: kv[1].order))
        cls._table = table or name.lower() + 's'
        mcs.models.append(cls)
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
    def __call__(cls, *args, **kw):
        obj = super().__call__(*args, **kw)
        obj._ready = True
        return obj
    def __iter__(cls): return iter(cls._fields)
    def __len__(cls): return len(cls._fields)
    def __contains__(cls, name): return name in cls._fields
    def __getitem__(cls, name): return cls._fields[name]
    def __instancecheck__(cls, obj): return type.__instancecheck__(cls, obj) or getattr(obj, '_poses_as', None) is cls
    def __repr__(cls): return f'<model {cls.__name__}>'
class Model(metaclass=Meta):
    def __init__(self, **values):
        for name in values:
            if name not in type(self): raise AttributeError(f'{type(self).__name__} has no field {name}')
            setattr(self, name, values[name])
    def __repr__(self): return f'{type(self).__name__}({", ".join(f"{n}={getattr(self, n)!r}" for n in type(self))})'
class Person(Model, table='people'):
    name = Field(str)
    age = Field(int, 0, lambda v: 0 <= v < 150)
class Staff(Person):
    boss = Field(Person)
    age = Field((int, float).__getitem__(1), 1.5)
p = Person(name='Ann', age=30)
s = Staff(name='Bob', boss=p)
print(p, s, list(Staff), len(Staff), 'boss' in Staff, 'boss' in Person, Staff['boss'].order, Meta.models, Staff._table, Person._table, Person._made_by)
class Pretender: _poses_as = Person
print(isinstance(Pretender(), Person), isinstance(s, Person), isinstance(5, Person), issubclass(Staff, Model), type(Staff) is Meta, p._ready, Person.age is Person.__dict__['age'])
for bad in (lambda: Person(name=5), lambda: Person(age=200), lambda: Person(size=1), lambda: setattr(s, 'boss', s) or s.boss is s, lambda: delattr(p, 'age') or p.age, lambda: delattr(p, 'age'), lambda: Person(1), lambda: Person['q'], lambda: type('X', (Model, int), {}), lambda: Meta('Y', (Model,), {}, table='ys')):
    try:
        print(repr(bad()))
    except Exception as e:
        print(type(e).__name__, e)
def traced(prefix='', *, depth=[0]):
    def decorate(f):
        def wrapper(*a, **k):
            print('  ' * depth[0] + prefix + f.__name__, a[1:] if a and hasattr(a[0], f.__name__) else a, k)
            depth[0] += 1
            try:
                return f(*a, **k)
            finally:
                depth[0] -= 1
        wrapper.__wrapped__, wrapper.__name__, wrapper.__qualname__, wrapper.__doc__ = f, f.__name__, f.__qualname__, f.__doc__
        return wrapper
    return decorate
class Memo:
    def __init__(self, f): self.f, self.cache, self.hits = f, {}, 0
    def __call__(self, *a):
        if a in self.cache:
            self.hits += 1
            return self.cache[a]
        return self.cache.setdefault(a, self.f(*a))
    def __get__(self, obj, owner=None): return self if obj is None else lambda *a: self(obj, *a)
@traced('> ')
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(4), fact.__name__, fact.__wrapped__ is not fact)
@Memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.hits, len(fib.cache))
class Shape:
    def area(self): raise NotImplementedError(type(self).__name__)
    @traced('m ')
    def describe(self, *, unit='cm'): return f'{type(self).__name__} {self.area():.2f} {unit}'
    @Memo
    def scaled(self, k): return self.area() * k
    @staticmethod
    def unit(): return Square(1)
class Square(Shape):
    def __init__(self, a): self.a = a
    def area(self): return self.a ** 2
class Named:
    def describe(self, **kw): return 'named ' + super().describe(**kw)
class NamedSquare(Named, Square): pass
q = NamedSquare(3)
print(q.describe(unit='m'), Shape.unit().describe(), q.scaled(2), q.scaled(2), Shape.scaled.hits, [c.__name__ for c in NamedSquare.__mro__])
try:
    Shape().describe()
except NotImplementedError as e:
    print('not implemented', e)
