# _locale and locale: the C locale, with UTF-8 or without.
import _locale
import locale

print(_locale.setlocale(_locale.LC_CTYPE), _locale.setlocale(_locale.LC_ALL), _locale.localeconv())
print([_locale.nl_langinfo(n) for n in (_locale.DAY_1, _locale.ABMON_12, _locale.D_T_FMT, _locale.CODESET, _locale.RADIXCHAR, _locale.YESEXPR)])
for args in (6, 'xx'), (6, ''), (1,), (6,), (6, 'C'), (0,), (6, None), (0, 'C.UTF-8'), (6,), (99,), (0, 3):
    try:
        print(args, _locale.setlocale(*args))
    except Exception as e:
        print(args, type(e), e)
print(_locale.strcoll('a', 'b'), _locale.strxfrm('ab'), _locale.Error.__mro__, _locale.getencoding())
print(locale.getlocale(), locale.format_string('%d %.2f', (1234567, 3.14159), grouping=True), locale.atof('1.5'), locale.currency(1, symbol=False) if 0 else locale.str(2.5))
print(locale.getpreferredencoding(False), locale.normalize('de_DE'), locale.localeconv()['decimal_point'])
