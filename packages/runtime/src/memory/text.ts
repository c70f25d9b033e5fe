/**
 * The text segment: native functions by number. A slot of a type or a PyMethodDef holds such a number where CPython
 * holds a function's address; 0 is NULL. Numbers are given at link time (spec.ts: linkType), in the same order in
 * every realm, so that an image made by a build is valid for every run of that build.
 */

// biome-ignore lint/suspicious/noExplicitAny: native functions have CPython's C signatures: numbers in, a number or nothing out
export type NativeFunction = (...args: any[]) => any;

/** Natives by number. Filled once, at link time. */
export const text: NativeFunction[] = [
  () => {
    throw new TypeError('a native call through a NULL slot');
  },
];
const numbers = new Map<NativeFunction, number>();

/** The number of a native function; gives it one if it has none yet. */
export function fnptr(fn: NativeFunction): number {
  let n = numbers.get(fn);
  if (n === undefined) {
    n = text.length;
    text.push(fn);
    numbers.set(fn, n);
  }
  return n;
}

/** The TypeScript name of native number `n`, for reports. */
export function nativeName(n: number): string {
  return text[n]?.name ?? `native ${n}`;
}

/**
 * Makes the native frame for a call of the native that stands at the same place in `text` (objects/nativeframe.ts), or null: it
 * is only called. Filled once, at link time.
 */
export const starters: (((self: number, args: number, nargs: number, kwnames: number) => number) | null)[] = [];
/** The same for a tp_call, with its arguments as a tuple and a dict or 0. */
export const tupleStarters: (((self: number, args: number, kwargs: number) => number) | null)[] = [];
