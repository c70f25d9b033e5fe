// int, bool, float and complex, decoded.
import { PyComplexObject, PyFloatObject, PyLongObject } from '@moult/abi';
import { NotAnObject, type Reader } from '../reader.ts';

/** An int's value. Past `maxDigits` 30-bit digits it is not read. */
export function decodeInt(reader: Reader, object: number, maxDigits = 100_000): bigint {
  const tag = reader.ptr(object + PyLongObject.lv_tag);
  const count = Math.floor(tag / 8);
  const sign = tag % 4;
  if (count > maxDigits || !reader.has(object + PyLongObject.ob_digit, count * 4)) {
    throw new NotAnObject(object, `an int of ${count} digits`);
  }
  let value = 0n;
  for (let i = count - 1; i >= 0; i--)
    value = (value << 30n) | BigInt(reader.u32(object + PyLongObject.ob_digit + i * 4));
  return sign === 2 ? -value : value;
}

export function decodeFloat(reader: Reader, object: number): number {
  return reader.memory.f64(object + PyFloatObject.ob_fval);
}

export function decodeComplex(reader: Reader, object: number): readonly [real: number, imag: number] {
  return [reader.memory.f64(object + PyComplexObject.cval_real), reader.memory.f64(object + PyComplexObject.cval_imag)];
}

/** repr(float). */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent[0]}${digits}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}
