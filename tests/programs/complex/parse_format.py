# complex() from text and parts; repr and format.
# portable
for s in ('1+2j', ' 3 ', '-4j', 'j', '+J', '1e3-2.5e-1j', '(1+2j)', ' ( -1-1j ) ', 'inf', 'nan+infj', '1.5', '1_0+2_0j', '-0-0j', '0j'):
    print(repr(s), complex(s))
for s in ('', '1+', '1 + 2j', 'abc', '1+2', '(1+2j', '1j+2', 'jj', '1+2i', '()'):
    try:
        print(complex(s))
    except ValueError as e:
        print(e)
print(complex(), complex(1), complex(1, 2), complex(1.5, -0.0), complex(real=2), complex(imag=3), complex(1j, 1j), complex(1 + 2j), complex(True))
for args in (('1', 2), (1, '2'), (None,), ([],), (1, None), (1, 2, 3)):
    try:
        print(complex(*args))
    except TypeError as e:
        print(e)
class C:
    def __complex__(self): return 5 + 6j
class D:
    def __complex__(self): return 5
print(complex(C()))  # expect: (5+6j)
try:
    complex(D())
except TypeError as e:
    print(e)
z = 3.14159 - 2.71828j
print(repr(z), str(z), format(z), format(z, '.2f'), format(z, '+.1e'), format(z, '20.3f') + '|', format(z, '<20.1f') + '|', format(z, 'g'), f'{z:,.1f}', f'{z:^20.2f}')
for s in ('d', '010.1f', '=10', 's', '%'):
    try:
        print(format(z, s))
    except ValueError as e:
        print(e)
print(1j, -1j, 1 + 0j, -0.0 + 1j, [0j, 1 - 1j], '%s %r' % (1j, 2j), 1e20j, 1e-5j, 100000j)
class MC(complex):
    pass
m = MC(1, 2)
print(m, type(m + 1), m.__reduce__ is not None, type(+m), type(complex(m)), m.__getnewargs__())
