# The limit on digits of int to str and back.
import sys
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold, sys.flags.int_max_str_digits)
big = 10 ** 5000
for f in (lambda: str(big), lambda: int('1' * 4301), lambda: len(str(10 ** 4299)), lambda: len(hex(big)), lambda: int('f' * 5000, 16) > 0, lambda: '%d' % big, lambda: f'{big}', lambda: repr(-big), lambda: int('-' + '1' * 4300) < 0, lambda: int('1_' * 4300 + '1')):
    try: print(f())
    except ValueError as e: print(e)
sys.set_int_max_str_digits(0)
print(len(str(big)), sys.get_int_max_str_digits())
sys.set_int_max_str_digits(640)
for f in (lambda: len(str(10 ** 639)), lambda: str(10 ** 640), lambda: eval('1' * 641)):
    try: print(f())
    except ValueError as e: print(e)
    except SyntaxError as e: print(e.msg)
for bad in (639, -1, 1 << 40, 'a', 1.5, None):
    try: sys.set_int_max_str_digits(bad)
    except (ValueError, TypeError, OverflowError) as e: print(type(e).__name__, e)
sys.set_int_max_str_digits(maxdigits=5000)
print(sys.get_int_max_str_digits(), len(str(10 ** 4999)))
