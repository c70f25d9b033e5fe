// One field's bytes as a person reads them.
import type { Sort } from '@moult/abi';
import { isImmortal } from '../object.ts';
import type { Reader } from '../reader.ts';
import { describe, hex } from '../values/describe.ts';
import { floatText } from '../values/number.ts';
import { strRepr } from '../values/text.ts';
import type { Field } from './fields.ts';

const SHOWN_BYTES = 16;
const SHOWN_TEXT = 60;
/** Of a longer field (the characters of a text) only the first bytes are copied. */
const MAX_COPIED = 4096;

export function decodeField(
  reader: Reader,
  object: number,
  row: { name: string; offset: number; size: number; sort: Sort; bit?: number; width?: number },
): Field {
  const address = object + row.offset;
  const bytes = reader.memory.bytes(address, Math.min(row.size, MAX_COPIED)).slice();
  const base = { name: row.name, offset: row.offset, address, size: row.size, sort: row.sort, bytes };
  switch (row.sort) {
    case 'object': {
      const target = reader.ptr(address);
      return { ...base, target, text: describe(reader, target, 0) };
    }
    case 'pointer': {
      const target = reader.ptr(address);
      return { ...base, target, text: target === 0 ? 'NULL' : hex(target) };
    }
    case 'text': {
      const target = reader.ptr(address);
      return { ...base, target, text: target === 0 ? 'NULL' : cString(reader, target) };
    }
    case 'bits': {
      const word = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
      const value = Math.floor(word / 2 ** (row.bit ?? 0)) % 2 ** (row.width ?? 1);
      return { ...base, target: 0, text: String(value) };
    }
    case 'double':
      return { ...base, target: 0, text: floatText(reader.memory.f64(address)) };
    case 'bytes':
      return { ...base, target: 0, text: bytesText(bytes, row.size) };
    default: {
      const immortal = row.name === 'ob_refcnt' && isImmortal(reader, object) ? ' (immortal)' : '';
      return { ...base, target: 0, text: `${integer(bytes, row.sort.startsWith('i'))}${immortal}` };
    }
  }
}

function integer(bytes: Uint8Array, signed: boolean): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[i]!);
  const top = 1n << BigInt(bytes.length * 8);
  return signed && value >= top / 2n ? value - top : value;
}

function cString(reader: Reader, address: number): string {
  const text = reader.cstring(address);
  if (text === null) return hex(address);
  return text.length > SHOWN_TEXT ? `${strRepr(text.slice(0, SHOWN_TEXT))}…` : strRepr(text);
}

function bytesText(bytes: Uint8Array, size: number): string {
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return size > SHOWN_BYTES ? `${shown} … (${size} bytes)` : shown;
}
