// The canonical JSON of a syntax tree, as tools/ast-oracle.py prints CPython's.
import type { StrConstant } from '../src/index.ts';

function bits(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

function plain(key: string, value: unknown): unknown {
  if (value !== null && typeof value === 'object' && 't' in value) {
    const c = value as { t: string; v?: unknown; re?: number; im?: number };
    switch (c.t) {
      case 'int':
        return { t: c.t, v: `0x${(c.v as bigint).toString(16)}` };
      case 'float':
        return { t: c.t, v: bits(c.v as number) };
      case 'complex':
        return { t: c.t, re: bits(c.re!), im: bits(c.im!) };
      case 'str': {
        // how large a block the text is made in is no part of the tree
        const { room: _room, ...rest } = c as StrConstant;
        return rest;
      }
      case 'bytes':
        return { t: c.t, v: Buffer.from(c.v as Uint8Array).toString('hex') };
    }
  }
  return value;
}

export function dumpTree(tree: unknown): string {
  const json = JSON.stringify(tree, plain);
  return json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
