// Carets and suggestions of tracebacks, against what CPython 3.13.0's traceback module prints for the same entries.
import { describe, expect, it } from 'vitest';
import { host } from '../src/vm/host.ts';
import { suggestionFor } from '../src/vm/suggestions.ts';
import { formatEntry } from '../src/vm/tbsource.ts';

const source = `x = [1]
y = x[0] + (3 //
            0)
def f(a):
    return g(a)
value = f(  1,
          2)
name = 'é' + missing
`;

function entry(line: number, endLine: number, column: number, endColumn: number): string {
  host.sources['<test>'] = source;
  return formatEntry({ filename: '<test>', name: '<module>', line, endLine, column, endColumn });
}

describe('formatEntry', () => {
  it('marks the brackets of a subscript', () => {
    expect(entry(2, 2, 4, 8)).toBe('  File "<test>", line 2, in <module>\n    y = x[0] + (3 //\n        ~^^^\n');
  });
  it('marks the operator over two lines', () => {
    expect(entry(2, 3, 12, 13)).toBe(
      '  File "<test>", line 2, in <module>\n    y = x[0] + (3 //\n                ~~^^\n                0)\n                ~\n',
    );
  });
  it('shows no carets under a whole returned call', () => {
    expect(entry(5, 5, 11, 15)).toBe('  File "<test>", line 5, in <module>\n    return g(a)\n');
  });
  it('marks the brackets of a call that is part of a line', () => {
    expect(entry(6, 7, 8, 12)).toBe('  File "<test>", line 6, in <module>\n    value = f(  1,\n              2)\n');
  });
  it('counts characters, not bytes', () => {
    expect(entry(8, 8, 14, 21)).toBe(
      '  File "<test>", line 8, in <module>\n    name = \'é\' + missing\n                 ^^^^^^^\n',
    );
  });
  it('shows only the line when the columns are unknown', () => {
    expect(entry(4, 4, -1, -1)).toBe('  File "<test>", line 4, in <module>\n    def f(a):\n');
  });
});

describe('suggestionFor', () => {
  it('finds the nearest name', () => {
    expect(suggestionFor('alfa', ['beta', 'alpha'])).toBe('alpha');
    expect(suggestionFor('exot', ['exec', 'exit', 'argv'])).toBe('exit');
  });
  it('finds nothing when all are far', () => {
    expect(suggestionFor('x', ['completely', 'other'])).toBe(null);
  });
});
