// Conditions of breakpoints: NAME == 3, len(NAME) > 10, count(NAME) != 2. What is named is walked to; nothing of the program runs.
import { PySetObject, PyVarObject } from '@moult/abi';
import { BadName, decodeInt, decodeStr, parseObjectName, type Reader, refcount, walkName } from '@moult/inspect';

export type Condition = (reader: Reader, frame: number) => boolean;

const SHAPE = /^(?:(len|count)\((.+)\)|(.+?))\s*(==|!=|<=|>=|<|>)\s*(.+)$/;
const WORDS: Readonly<Record<string, unknown>> = { None: null, True: 1n, False: 0n };

/** BadName, in words, where the text is no condition. */
export function parseCondition(text: string): Condition {
  const shape = SHAPE.exec(text.trim());
  if (shape === null) throw new BadName(`${text}: write NAME == VALUE, len(NAME) > N or count(NAME) > N`);
  const [, what, inner, plain, operator, literal] = shape;
  const name = parseObjectName((inner ?? plain ?? '').trim());
  if (name.kind !== 'path') throw new BadName(`${text}: a condition names a variable`);
  const wanted = literalValue(literal as string);
  return (reader, frame) => {
    let found: unknown;
    try {
      const object = walkName(reader, name, { frame });
      found =
        what === 'count'
          ? BigInt(refcount(reader, object))
          : what === 'len'
            ? lengthOf(reader, object)
            : read(reader, object);
    } catch (e) {
      // not there (yet): the condition does not hold
      if (e instanceof BadName) return false;
      throw e;
    }
    return compare(found, operator as string, wanted);
  };
}

function literalValue(literal: string): unknown {
  if (/^-?\d+$/.test(literal)) return BigInt(literal);
  if (literal in WORDS) return WORDS[literal];
  const text = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(literal);
  if (text === null) throw new BadName(`${literal}: a value is a whole number, a quoted text, None, True or False`);
  return text[1] ?? text[2];
}
/** A value that can be compared; the object's address where it is of another type. */
function read(reader: Reader, object: number): unknown {
  const { layout, name } = reader.typeOf(object);
  if (layout === 'int' || layout === 'bool') return decodeInt(reader, object);
  if (layout === 'str') return decodeStr(reader, object);
  return name === 'NoneType' ? null : object;
}
/** null: it has no length that can be read. */
function lengthOf(reader: Reader, object: number): bigint | null {
  const { layout } = reader.typeOf(object);
  if (layout === 'set' || layout === 'frozenset') return BigInt(reader.ssize(object + PySetObject.used));
  const sized = ['list', 'tuple', 'str', 'bytes', 'bytearray', 'dict', 'collections.deque'];
  return sized.includes(layout) ? BigInt(reader.ssize(object + PyVarObject.ob_size)) : null;
}
function compare(a: unknown, operator: string, b: unknown): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== typeof b || a === null || b === null || a === undefined || b === undefined) return false;
  const order = a < b ? -1 : a > b ? 1 : 0;
  return { '<': order < 0, '>': order > 0, '<=': order <= 0, '>=': order >= 0 }[operator] ?? false;
}
