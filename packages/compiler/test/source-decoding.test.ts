// Bytes as source: what tools/source-decoding-oracle.py recorded of CPython 3.13's compile().
import { expect, test } from 'vitest';
import { PySyntaxError, parse } from '../src/index.ts';
import recorded from './oracle/source-decoding.json' with { type: 'json' };

/** The values of all constants of a tree, as JSON can hold them. */
function constants(node: unknown, out: unknown[] = []): unknown[] {
  if (Array.isArray(node)) for (const n of node) constants(n, out);
  else if (node !== null && typeof node === 'object') {
    if ('kind' in node && node.kind === 'Constant') {
      const { value } = node as unknown as { value: { t: string; v: unknown } };
      out.push(value.t === 'int' ? Number(value.v) : value.v);
    } else for (const n of Object.values(node)) constants(n, out);
  }
  return out;
}

for (const [hex, result] of recorded as [string, unknown][]) {
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
  test(JSON.stringify(Buffer.from(bytes).toString('latin1')), () => {
    let ours: unknown;
    try {
      ours = constants(parse(bytes, { filename: '<case>', mode: 'exec' }));
    } catch (e) {
      if (!(e instanceof PySyntaxError)) throw e;
      ours = { error: [e.kind, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset] };
    }
    expect(ours).toEqual(result);
  });
}

test('a script file says which of its lines holds the wrong byte', () => {
  const bytes = Uint8Array.from([120, 10, 35, 255, 10]);
  expect(() => parse(bytes, { filename: 'f.py', mode: 'exec', fromFile: true })).toThrow(
    "Non-UTF-8 code starting with '\\xff' in file f.py on line 2, but no encoding declared",
  );
});

test("an unknown cookie asks the runtime's codecs", () => {
  const source = Buffer.from('# coding: shout\nx = 1');
  const decode = (encoding: string, bytes: Uint8Array): string | null =>
    encoding === 'shout' ? Buffer.from(bytes).toString('latin1').toUpperCase() : null;
  const tree = parse(source, { filename: '<case>', mode: 'exec', decode });
  expect(tree).toMatchObject({ body: [{ targets: [{ id: 'X' }] }] });
});
