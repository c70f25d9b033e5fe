import { expect, it } from 'vitest';
import { bufferMemory, readCString } from '../src/index.ts';

function textOf(bytes: readonly number[] | Uint8Array, limit?: number): string | null {
  const buffer = new ArrayBuffer(1 << 12);
  new Uint8Array(buffer).set(bytes, 16);
  return readCString(bufferMemory(buffer), 16, limit);
}

it('reads UTF-8 up to the zero', () => {
  for (const text of ['', 'list', 'é', 'שלום', '変数', '\u{1f40d}x', '\uffff\u0080\u07ff\u0800\u{10000}\u{10ffff}']) {
    expect(textOf([...new TextEncoder().encode(text), 0, 65])).toBe(text);
  }
  expect(textOf(new TextEncoder().encode('abcdef'), 3)).toBe('abc');
});

it('says where bytes are no text, as TextDecoder does', () => {
  for (const bytes of [
    [0x80],
    [0xc3],
    [0xc3, 0x41],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xff],
  ]) {
    expect(textOf(bytes)).toMatch(/\ufffd/);
  }
});
