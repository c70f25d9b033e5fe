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
      return Object.is(c.v, -0) ? 'f-0' : 'f' + c.v;
    case 'complex':
      return `c${Object.is(c.re, -0) ? '-0' : c.re},${Object.is(c.im, -0) ? '-0' : c.im}`;
    case 'str':
      return 's' + c.v;
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
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

const codeNumbers = new WeakMap<CodeData, number>();
let lastCodeNumber = 0;

/** Equal code objects inside code were made one object when it was compiled: a number tells them apart. */
function innerKey(c: Constant): string {
  if (c.t !== 'code') return constantKey(c);
  let number = codeNumbers.get(c.v);
  if (number === undefined) {
    number = ++lastCodeNumber;
    codeNumbers.set(c.v, number);
  }
  return 'C' + number;
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
