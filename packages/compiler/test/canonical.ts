// The text of a code object as tools/code-oracle.py writes it, and its hash.
import { createHash } from 'node:crypto';
import type { CodeData, Constant } from '@moult/compiler';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

/** UTF-8 with lone surrogates kept, as Python's 'surrogatepass'. */
function text(s: string): string {
  if (s.isWellFormed()) return Buffer.from(s, 'utf8').toString('hex');
  let out = '';
  for (const ch of s) {
    const code = ch.codePointAt(0)!;
    if (code < 0xd800 || code > 0xdfff) out += Buffer.from(ch, 'utf8').toString('hex');
    else out += hex(Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)));
  }
  return out;
}

function float(...values: number[]): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value);
  });
  return hex(new Uint8Array(view.buffer));
}

function constant(c: Constant, nested: CodeData[]): string {
  switch (c.t) {
    case 'None':
      return 'N';
    case 'Ellipsis':
      return 'E';
    case 'bool':
      return c.v ? 'T' : 'F';
    case 'int':
      return 'i' + c.v.toString(16);
    case 'float':
      return 'f' + float(c.v);
    case 'complex':
      return 'c' + float(c.re, c.im);
    case 'str':
      return 's' + (c.points === undefined ? text(c.v) : c.points.map((p) => text(String.fromCodePoint(p))).join(''));
    case 'bytes':
      return 'b' + hex(c.v);
    case 'tuple':
      return '(' + c.v.map((item) => constant(item, nested)).join(',') + ')';
    case 'frozenset':
      return (
        '{' +
        c.v
          .map((item) => constant(item, nested))
          .sort()
          .join(',') +
        '}'
      );
    case 'code':
      nested.push(c.v);
      return 'C';
  }
}

export function canonical(code: CodeData, out: string[] = []): string[] {
  const nested: CodeData[] = [];
  const { co_argcount, co_posonlyargcount, co_kwonlyargcount, co_flags, co_stacksize, co_firstlineno } = code;
  out.push('name ' + text(code.co_name));
  out.push('qualname ' + text(code.co_qualname));
  out.push(`args ${co_argcount} ${co_posonlyargcount} ${co_kwonlyargcount}`);
  out.push(`flags ${co_flags.toString(16)} stack ${co_stacksize} line ${co_firstlineno}`);
  out.push('code ' + hex(code.co_code));
  out.push('consts ' + code.co_consts.map((c) => constant(c, nested)).join(' '));
  out.push('names ' + code.co_names.map(text).join(' '));
  out.push('locals ' + code.co_localsplusnames.map(text).join(' ') + ' ' + hex(code.co_localspluskinds));
  out.push('lines ' + hex(code.co_linetable));
  out.push('exceptions ' + hex(code.co_exceptiontable));
  for (const inner of nested) canonical(inner, out);
  return out;
}

export function digest(code: CodeData): string {
  return createHash('sha256').update(canonical(code).join('\n')).digest('hex').slice(0, 16);
}
