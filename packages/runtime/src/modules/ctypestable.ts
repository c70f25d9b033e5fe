/** The functions that a function pointer can mean: rows of the module's hidden table, whose addresses are theirs. */
import { PyMethodDef } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import type { NativeFunction } from '../memory/text.ts';
import { text } from '../memory/text.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { cast } from './ctypescast.ts';
import { type CFunction, memmove, memset, string_at, SYMBOLS, wstring_at } from './ctypescalls.ts';
import { CTYPES_STATE } from './ctypeslayout.ts';
import { fromParamRows } from './ctypessimple.ts';
import { valueNatives } from './ctypesvalues.ts';

const row = (name: string, fn: NativeFunction): MethodSpec => ({ name, flags: 0, fn });
const own: readonly [string, CFunction][] = [
  ['_memmove', memmove],
  ['_memset', memset],
  ['_string_at', string_at],
  ['_wstring_at', wstring_at],
  ['_cast', cast],
];
/** What the hidden table holds besides functions: natives that classes point to. */
function others(): MethodSpec[] {
  return [...fromParamRows, ...valueNatives().map((fn) => row('', fn))];
}
export function hiddenRows(): MethodSpec[] {
  return [
    ...others().map((m, i) => (i < 3 ? m : { ...m, name: `_value${i}` })),
    ...own.map(([name, fn]) => row(name, fn)),
    ...Object.entries(SYMBOLS).map(([name, fn]) => row(name, fn)),
  ];
}
const address = (index: number): number => i32(CTYPES_STATE) + PyMethodDef.SIZE * index;
/** The address of one of the module's own functions. */
export function ownAddress(name: string): number {
  return address(others().length + own.findIndex(([n]) => n === name));
}
/** The address of a named function, or 0. */
export function symbolAddress(name: string): number {
  const i = Object.keys(SYMBOLS).indexOf(name);
  return i < 0 ? 0 : address(others().length + own.length + i);
}
/** The function at an address, or null. */
export function functionAt(at: number): CFunction | null {
  const index = (at - i32(CTYPES_STATE)) / PyMethodDef.SIZE;
  const first = others().length;
  if (!Number.isInteger(index) || index < first || index >= first + own.length + Object.keys(SYMBOLS).length)
    return null;
  return text[i32(at + PyMethodDef.ml_meth)] as CFunction;
}
