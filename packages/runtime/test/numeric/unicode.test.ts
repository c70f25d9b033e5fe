import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import * as C from '../../src/numeric/unicode/casing.ts';
import * as P from '../../src/numeric/unicode/properties.ts';
import { normalize } from '../../src/numeric/unicode/normalize.ts';
import { Differences, oracle } from './oracle.ts';

function digest(f: (c: number) => string): string {
  const items: string[] = [];
  for (let c = 0; c < 0x110000; c++) items.push(f(c));
  return createHash('sha256').update(items.join('\n')).digest('hex');
}

const flag = (f: (c: number) => boolean): string => digest((c) => (f(c) ? '1' : '0'));
const mapped = (f: (s: number[]) => number[]): string =>
  digest((c) =>
    f([c])
      .map((x) => x.toString(16))
      .join(' '),
  );

test('every property of every code point', () => {
  const want = oracle('unicode');
  const got = {
    isalpha: flag(P.isAlpha),
    isalnum: flag(P.isAlnum),
    isdecimal: flag(P.isDecimal),
    isdigit: flag(P.isDigit),
    isnumeric: flag(P.isNumeric),
    isidentifier: flag(P.isXidStart),
    isprintable: flag(P.isPrintable),
    isspace: flag(P.isSpace),
    islower: flag(P.isLower),
    isupper: flag(P.isUpper),
    istitle: flag((c) => C.isTitleAll([c])),
    lower: mapped(C.lowerAll),
    upper: mapped(C.upperAll),
    title: mapped(C.titleAll),
    casefold: mapped(C.casefoldAll),
    swapcase: mapped(C.swapcaseAll),
    capitalize: mapped(C.capitalizeAll),
    decimal: digest((c) => String(P.decimalValue(c))),
    digit: digest((c) => String(P.digitValue(c))),
  };
  for (const [name, value] of Object.entries(got)) expect([name, value]).toEqual([name, want[name]]);
});

test('case of words, with final sigmas and case-ignorable characters', () => {
  const d = new Differences();
  const points = (s: string): number[] => Array.from(s, (c) => c.codePointAt(0)!);
  const text = (a: number[]): string => String.fromCodePoint(...a);
  for (const [w, lower, upper, title, capital, swap, fold, isTitle, isUpper, isLower] of oracle('unicode').words) {
    const s = points(w);
    d.check([w, 'lower'], text(C.lowerAll(s)), lower);
    d.check([w, 'upper'], text(C.upperAll(s)), upper);
    d.check([w, 'title'], text(C.titleAll(s)), title);
    d.check([w, 'capitalize'], text(C.capitalizeAll(s)), capital);
    d.check([w, 'swapcase'], text(C.swapcaseAll(s)), swap);
    d.check([w, 'casefold'], text(C.casefoldAll(s)), fold);
    d.check([w, 'istitle'], C.isTitleAll(s), isTitle);
    d.check([w, 'isupper'], C.isUpperAll(s), isUpper);
    d.check([w, 'islower'], C.isLowerAll(s), isLower);
  }
  expect(d.list).toEqual([]);
  expect(d.checked).toBeGreaterThan(1200);
});

test('normal forms of every code point, alone and with marks', () => {
  const want = oracle('unicode');
  const hex = (s: string): string => Array.from(s, (c) => c.codePointAt(0)!.toString(16)).join(' ');
  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
    expect([form, digest((c) => hex(normalize(String.fromCodePoint(c), form)))]).toEqual([form, want[form]]);
    expect([form, digest((c) => hex(normalize(`q${String.fromCodePoint(c)}\u0323\u0301`, form)))]).toEqual([
      form,
      want[`${form} marked`],
    ]);
  }
});
