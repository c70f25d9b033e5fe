import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { allListedNames, lookupName, nameOf } from '../../src/numeric/unicode/names.ts';
import { oracle } from './oracle.ts';

const want = oracle('names');

test('every name is that of CPython', () => {
  const names = new Array<string>(0x110000).fill('');
  for (const [c, name] of allListedNames()) names[c] = name;
  for (let c = 0; c < 0x110000; c++) {
    // the listed ones came above: nameOf searches, and is slow
    if (
      names[c] === '' &&
      ((c >= 0x3400 && c < 0xd7b0) ||
        (c >= 0xf900 && c < 0xfb00) ||
        (c >= 0x17000 && c < 0x1b300) ||
        (c >= 0x20000 && c < 0x32400))
    )
      names[c] = nameOf(c) ?? '';
  }
  expect(createHash('sha256').update(names.join('\n')).digest('hex')).toBe(want.digest);
}, 120_000);

test('look-ups of names and aliases', () => {
  expect(want.lookups.length).toBeGreaterThan(300);
  for (const [name, c] of want.lookups) {
    expect([name, lookupName(name)]).toEqual([name, c]);
    const own = nameOf(c);
    if (own !== null) expect(lookupName(own)).toBe(c);
  }
  expect(
    ['NO SUCH NAME', '', 'CJK UNIFIED IDEOGRAPH-0041', 'HANGUL SYLLABLE X', 'LATIN', 'ſNOWMAN'].map(lookupName),
  ).toEqual([-1, -1, -1, -1, -1, -1]);
});
