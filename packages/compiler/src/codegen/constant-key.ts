// When two constants are one: equal keys mean equal type and value (CPython's _PyCode_ConstantKey).
import type { CodeData } from '../code.ts';
import type { Constant } from '../constants.ts';

export function constantKey(c: Constant): string {
  switch (c.t) {
    case 'None':
      return 'N';
    case 'Ellipsis':
      return 'E';
    case 'bool':
      return c.v ? 'T' : 'F';
    case 'int':
      return 'i' + c.v;
    case 'float':
      // A NaN equals only itself.
      if (Number.isNaN(c.v)) return 'nan' + numberOf(c);
      return Object.is(c.v, -0) ? 'f-0' : 'f' + c.v;
    case 'complex':
      return `c${Object.is(c.re, -0) ? '-0' : c.re},${Object.is(c.im, -0) ? '-0' : c.im}`;
    case 'str':
      return c.points === undefined ? 's' + c.v : 'p' + c.points.join();
    case 'bytes':
      return 'b' + binary(c.v);
    case 'tuple':
      return '(' + keys(c.v).join('') + ')';
    case 'frozenset':
      return '{' + keys(c.v).sort().join('') + '}';
    case 'code':
      return codeKey(c.v);
  }
}

/** Each with its length before it, so that no two lists give one text. */
function keys(items: Constant[]): string[] {
  return items.map((item) => {
    const key = innerKey(item);
    return `${key.length}:${key}`;
  });
}

function binary(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 4096) as unknown as number[]);
  }
  return text;
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Tells apart what is the same only as one object. */
function numberOf(object: object): number {
  let number = numbers.get(object);
  if (number === undefined) {
    number = ++lastNumber;
    numbers.set(object, number);
  }
  return number;
}

/** Equal code objects inside code were made one object when it was compiled. */
function innerKey(c: Constant): string {
  return c.t === 'code' ? 'C' + numberOf(c.v) : constantKey(c);
}

/** What code_richcompare() looks at; the same function compiled twice (in a finally block) is one constant. */
function codeKey(code: CodeData): string {
  return [
    'C',
    code.co_name,
    code.co_argcount,
    code.co_posonlyargcount,
    code.co_kwonlyargcount,
    code.co_flags,
    code.co_firstlineno,
    binary(code.co_code),
    keys(code.co_consts).join(''),
    code.co_names.join(),
    code.co_localsplusnames.join(),
    binary(code.co_linetable),
    binary(code.co_exceptiontable),
  ].join('\n');
}
