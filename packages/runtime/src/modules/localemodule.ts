/** The module `_locale`: the C locale, with ASCII or UTF-8 as its characters' encoding; there are no others here. Mirrors Modules/_localemodule.c. */
import { METH_FASTCALL, METH_NOARGS, METH_O } from '@moult/abi';
import { i32, ROOM_STATE, setI32 } from '../memory/linear.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional } from '../objects/args.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, Py_NewRef, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { Py_None, PyExc_Exception, PyExc_ValueError, PyType_Type } from '../objects/static.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyUnicode_Compare } from '../objects/unicodecore.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { interpreterDict } from './sysstate.ts';

/** Bit k: category k is C.UTF-8, not C; bit 7 stands for those that have no constant. */
const CATEGORIES = ROOM_STATE + 0x4a40;
const LC = {
  LC_CTYPE: 0,
  LC_NUMERIC: 1,
  LC_TIME: 2,
  LC_COLLATE: 3,
  LC_MONETARY: 4,
  LC_MESSAGES: 5,
  LC_ALL: 6,
} as const;
const OTHERS = ['LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE', 'LC_MEASUREMENT', 'LC_IDENTIFICATION'];
const ALL = 0xbf;
const CHAR_MAX = 127;

const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
/** What nl_langinfo knows: a name, its number, its text. */
function langinfo(): [string, number, string][] {
  const time = 0x20000;
  const rows: [string, number, string][] = [];
  DAYS.forEach((day, i) => {
    rows.push([`ABDAY_${i + 1}`, time + i, day.slice(0, 3)], [`DAY_${i + 1}`, time + 7 + i, day]);
  });
  MONTHS.forEach((month, i) => {
    rows.push([`ABMON_${i + 1}`, time + 14 + i, month.slice(0, 3)], [`MON_${i + 1}`, time + 26 + i, month]);
  });
  rows.push(['AM_STR', time + 38, 'AM'], ['PM_STR', time + 39, 'PM'], ['D_T_FMT', time + 40, '%a %b %e %H:%M:%S %Y']);
  rows.push(
    ['D_FMT', time + 41, '%m/%d/%y'],
    ['T_FMT', time + 42, '%H:%M:%S'],
    ['T_FMT_AMPM', time + 43, '%I:%M:%S %p'],
  );
  rows.push(['ERA', time + 44, ''], ['ERA_D_FMT', time + 46, ''], ['ALT_DIGITS', time + 47, '']);
  rows.push(
    ['ERA_D_T_FMT', time + 48, ''],
    ['ERA_T_FMT', time + 49, ''],
    ['_DATE_FMT', time + 108, '%a %b %e %H:%M:%S %Z %Y'],
  );
  rows.push(['RADIXCHAR', 0x10000, '.'], ['THOUSEP', 0x10001, ''], ['CRNCYSTR', 0x4000f, '-'], ['CODESET', 14, '']);
  rows.push(['YESEXPR', 0x50000, '^[yY]'], ['NOEXPR', 0x50001, '^[nN]']);
  return rows;
}
function localeError(message: string): never {
  raise(PyDict_GetItemString(interpreterDict(), '_locale.Error'), message);
}
/** The name of the locale of a category; of all of them one by one where they differ. */
function nameOf(category: number): string {
  const bits = i32(CATEGORIES);
  const name = (bit: number): string => ((bits & (1 << bit)) !== 0 ? 'C.UTF-8' : 'C');
  if (category !== LC.LC_ALL) return name(category);
  if (bits === 0 || bits === ALL) return name(0);
  const parts = Object.entries(LC).filter(([, k]) => k !== LC.LC_ALL);
  return [...parts.map(([key, k]) => `${key}=${name(k)}`), ...OTHERS.map((key) => `${key}=${name(7)}`)].join(';');
}
function locale_setlocale(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('setlocale', nargs, 1, 2);
  const category = PyLong_AsInt(i32(args));
  const wanted = nargs > 1 ? i32(args + 8) : Py_None;
  const known = category >= 0 && category <= LC.LC_ALL;
  if (wanted === Py_None) {
    if (!known) localeError('locale query failed');
    return PyUnicode_FromString(nameOf(category));
  }
  if (!PyUnicode_Check(wanted)) _PyArg_BadArgument('setlocale', 'argument 2', 'str or None', wanted);
  const name = asText(wanted);
  const utf8 = /^(|C\.utf-?8)$/i.test(name);
  const composite = name.includes(';') && name === nameOf(LC.LC_ALL);
  if (!known || !(utf8 || composite || name === 'C' || name === 'POSIX')) localeError('unsupported locale setting');
  if (composite) return Py_NewRef(wanted);
  const bits = category === LC.LC_ALL ? ALL : 1 << category;
  setI32(CATEGORIES, utf8 ? i32(CATEGORIES) | bits : i32(CATEGORIES) & ~bits);
  return PyUnicode_FromString(nameOf(category));
}
function locale_localeconv(): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  for (const name of ['int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep'])
    setText(dict, name, '');
  setStolen(dict, 'mon_grouping', PyList_New(0));
  for (const name of ['positive_sign', 'negative_sign']) setText(dict, name, '');
  const numbers =
    'int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn';
  for (const name of numbers.split(' ')) setStolen(dict, name, PyLong_FromLong(CHAR_MAX));
  setText(dict, 'decimal_point', '.');
  setText(dict, 'thousands_sep', '');
  setStolen(dict, 'grouping', PyList_New(0));
  drop(m);
  return dict;
}
function locale_nl_langinfo(_m: Ref, op: Ref): Ref {
  const key = PyLong_AsInt(op);
  const row = langinfo().find(([, n]) => n === key);
  if (row === undefined) raise(PyExc_ValueError, 'unsupported langinfo constant');
  const codeset = (i32(CATEGORIES) & 1) !== 0 ? 'UTF-8' : 'ANSI_X3.4-1968';
  return PyUnicode_FromString(row[0] === 'CODESET' ? codeset : row[2]);
}
const textArg = (fname: string, what: string, op: Ref): Ref => {
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(fname, what, 'str', op);
  return op;
};

export const localeSpec: ModuleSpec = {
  name: '_locale',
  doc: 'Support for POSIX locales.',
  boot(): void {
    setI32(CATEGORIES, 1);
  },
  methods: [
    {
      name: 'setlocale',
      flags: METH_FASTCALL,
      fn: locale_setlocale,
      doc: 'setlocale($module, category, locale=<unrepresentable>, /)\n--\n\nActivates/queries locale processing.',
    },
    { name: 'localeconv', flags: METH_NOARGS, fn: locale_localeconv, doc: 'localeconv($module, /)\n--\n\n' },
    { name: 'nl_langinfo', flags: METH_O, fn: locale_nl_langinfo, doc: 'nl_langinfo($module, key, /)\n--\n\n' },
    {
      name: 'getencoding',
      flags: METH_NOARGS,
      fn: () => PyUnicode_FromString('UTF-8'),
      doc: 'getencoding($module, /)\n--\n\nGet the current locale encoding.',
    },
    {
      name: 'strcoll',
      flags: METH_FASTCALL,
      fn(_m: Ref, args: number, nargs: number): Ref {
        _PyArg_CheckPositional('strcoll', nargs, 2, 2);
        const a = textArg('strcoll', 'argument 1', i32(args));
        return PyLong_FromLong(PyUnicode_Compare(a, textArg('strcoll', 'argument 2', i32(args + 8))));
      },
      doc: 'strcoll($module, os1, os2, /)\n--\n\nCompares two strings according to the locale.',
    },
    {
      name: 'strxfrm',
      flags: METH_O,
      fn: (_m: Ref, op: Ref) => Py_NewRef(textArg('strxfrm', 'argument', op)),
      doc: 'strxfrm($module, string, /)\n--\n\nReturn a string that can be used as a key for locale-aware comparisons.',
    },
  ],
  exec(module: Ref): void {
    const dict = PyModule_GetDict(module);
    for (const [name, value] of Object.entries(LC)) setStolen(dict, name, PyLong_FromLong(value));
    setStolen(dict, 'CHAR_MAX', PyLong_FromLong(CHAR_MAX));
    for (const [name, value] of langinfo()) setStolen(dict, name, PyLong_FromLong(value));
    const own = interpreterDict();
    if (PyDict_GetItemString(own, '_locale.Error') === 0) {
      const m = hold(PyUnicode_FromString('Error'));
      hold(tupleSteal(Py_NewRef(PyExc_Exception)));
      const body = PyDict_New();
      hold(body);
      setText(body, '__module__', 'locale');
      setStolen(own, '_locale.Error', callFunction(PyType_Type, i32(m), i32(m + 8), body));
      release(m);
    }
    PyDict_SetItemString(dict, 'Error', PyDict_GetItemString(own, '_locale.Error'));
  },
};
