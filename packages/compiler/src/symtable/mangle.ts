// Private names: `__x` in class C is `_C__x` (CPython's _Py_Mangle and _Py_MaybeMangle).
import type { SymtableEntry } from './entry.ts';

export function mangle(privateName: string | null, name: string): string {
  if (privateName === null || name.charCodeAt(0) !== 95 || name.charCodeAt(1) !== 95) return name;
  if (name.endsWith('__') || name.includes('.')) return name;
  let start = 0;
  while (privateName.charCodeAt(start) === 95) start++;
  if (start === privateName.length) return name;
  return '_' + privateName.slice(start) + name;
}

/** In the type-parameter scope around a class only the names bound there are mangled. */
export function maybeMangle(privateName: string | null, entry: SymtableEntry | null, name: string): string {
  if (entry !== null && entry.mangledNames !== null && !entry.mangledNames.has(name)) return name;
  return mangle(privateName, name);
}
