// What classes, modules and functions are called.
import type { Reader } from '../reader.ts';
import { describe } from './describe.ts';

const CLASS = /^<(?:class|module) '(.+)'>$/s;
const FUNCTION = /^<(?:built-in |bound )?(?:function|method) ([^ ]+?)(?: at 0x\w+| of .*)?>$/s;

/** null: the object has no name of its own. */
export function ownName(reader: Reader, address: number): string | null {
  const text = describe(reader, address, 0);
  return CLASS.exec(text)?.[1] ?? FUNCTION.exec(text)?.[1] ?? null;
}
