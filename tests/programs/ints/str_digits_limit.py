# The limit of 4300 digits when converting between int and str.
# portable
import sys
print(sys.get_int_max_str_digits())  # expect: 4300
print(len(str(10**4299)))  # expect: 4300
try:
    str(10**4300)
except ValueError as e:
    print(e)
try:
    int('1' * 4301)
except ValueError as e:
    print(e)
print(len(hex(10**5000)), int('f' * 5000, 16) == 16**5000 - 1)  # expect: 4155 True
sys.set_int_max_str_digits(0)
print(len(str(10**5000)), int('1' * 5001) % 97)  # expect: 5001 36
sys.set_int_max_str_digits(640)
try:
    print(10**700)
except ValueError as e:
    print(e)
try:
    sys.set_int_max_str_digits(100)
except ValueError as e:
    print(e)
print(sys.int_info.bits_per_digit, sys.int_info.sizeof_digit, sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
