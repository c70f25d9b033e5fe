// Properties of the tokenizer and the parser: nothing crashes the host, and white space and comments change nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PyParserMemoryError, PySyntaxError, parse } from '../src/index.ts';

const PIECES = (
  'a bc _ match case type print 0 1 0x1f 1e5 1.5 1j 0b1 "s" \'t\' b"u" f" f\' """ \'\'\' { } ( ) [ ] , : ; . ... + - * / // % @ & | ^ ~ ' +
  '<< >> ** = == != < > <= >= := += -> ! ? $ \\ # é 日 😀 if elif else for while in is not and or lambda def class with as ' +
  'try except finally raise return yield await async import from global nonlocal del assert pass break continue None True'
).split(' ');

const soup = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom('\n', '\n  ', '\n    ', '\t', ' ', '')), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(' '));

/** Positions, which white space moves, left out. */
function shape(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => {
      if (/^(end_)?(lineno|col_offset)$/.test(key)) return undefined;
      return typeof value === 'bigint' ? String(value) : value;
    }),
  );
}

function attempt(source: string | Uint8Array, mode: 'exec' | 'eval' | 'single'): unknown {
  try {
    return shape(parse(source, { filename: '<case>', mode }));
  } catch (e) {
    if (e instanceof PySyntaxError) {
      expect(e.lineno === null || e.lineno >= 0).toBe(true);
      return null;
    }
    if (e instanceof PyParserMemoryError) return null;
    throw e;
  }
}

test('any text parses or is refused with a Python error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (s) => void attempt(s, 'exec')),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(soup, (s) => void attempt(s, 'exec')),
    { numRuns: 4000 },
  );
  fc.assert(
    fc.property(soup, (s) => void attempt(s, 'eval')),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(soup, (s) => void attempt(s, 'single')),
    { numRuns: 1000 },
  );
});

test('any bytes parse or are refused with a Python error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (b) => void attempt(b, 'exec')),
    { numRuns: 2000 },
  );
});

// Expressions that are right by construction, as lists of tokens.
const expression = fc.letrec<{ e: string[] }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(['x'], ['1'], ['"s"'], ['None'], ['...'], ['1.5'], ['f"{', 'y', '}"']),
    fc
      .tuple(tie('e'), fc.constantFrom('+', '-', '*', '@', 'and', 'or', 'is', 'in', '<', '**'), tie('e'))
      .map(([a, op, b]) => ['(', ...a, ')', op, '(', ...b, ')']),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => ['(', ...a, ',', ...b, ')']),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => ['{', ...a, ':', ...b, '}']),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => ['f', '(', ...a, ',', 'k', '=', ...b, ')']),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => ['[', ...a, 'for', 'x', 'in', '(', ...b, ')', ']']),
    fc.tuple(tie('e'), tie('e'), tie('e')).map(([a, b, c]) => ['(', ...a, 'if', ...b, 'else', ...c, ')']),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => ['x', '[', ...a, ':', ...b, ']']),
    tie('e').map((a) => ['(', 'lambda', 'x', ':', ...a, ')']),
    tie('e').map((a) => ['not', ...a]),
  ),
})).e;

test('white space, comments and line breaks inside brackets do not change the tree', () => {
  fc.assert(
    fc.property(
      expression,
      fc.infiniteStream(fc.constantFrom(' ', '  ', '\n', ' # c (\n', '\t', ' \\\n')),
      (tokens, gaps) => {
        const plain = attempt(`(${tokens.join(' ')}\n)`, 'eval');
        expect(plain).not.toBe(null);
        // An f-string's own text is not white space, so its pieces stay together.
        let other = '(';
        for (const t of tokens) other += t.endsWith('{') ? t : t + gaps.next().value;
        expect(attempt(`${other}\n)`, 'eval')).toEqual(plain);
      },
    ),
    { numRuns: 500 },
  );
});

test('a right expression is the same in all three modes', () => {
  fc.assert(
    fc.property(expression, (tokens) => {
      const source = tokens.join(' ');
      const inEval = (attempt(source, 'eval') as { body: unknown }).body;
      expect(attempt(source, 'exec')).toMatchObject({ body: [{ value: inEval }] });
      expect(attempt(source, 'single')).toMatchObject({ body: [{ value: inEval }] });
    }),
    { numRuns: 300 },
  );
});

test('columns count UTF-8 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 8 }), (s) => {
      const text = s.replace(/[\\'\n\r\0]/g, '_');
      const tree = parse(`'${text}' + xyz`, { filename: '<case>', mode: 'eval' });
      const bytes = Buffer.byteLength(text);
      expect(tree).toMatchObject({ body: { right: { col_offset: bytes + 5, end_col_offset: bytes + 8 } } });
    }),
    { numRuns: 500 },
  );
});
