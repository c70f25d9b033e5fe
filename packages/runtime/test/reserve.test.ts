// The address space falls back where a device gives no more.
import { afterEach, expect, it, vi } from 'vitest';

declare const WebAssembly: { Memory: new (descriptor: { initial: number; maximum: number }) => object };
const { Memory } = WebAssembly;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A device that gives so many pages of 64 KiB. */
function device(most: number): void {
  vi.stubGlobal('WebAssembly', {
    Memory: function reserve(descriptor: { initial: number; maximum: number }) {
      if (descriptor.initial > most) throw new RangeError('could not allocate memory');
      return new Memory(descriptor);
    },
  });
}

it.each([
  [40_000, 32_767],
  [20_000, 16_384],
  [16_383, 8192],
  [6000, 5120],
])('takes what a device of %i pages gives: %i', async (most, taken) => {
  device(most);
  const { MEMORY_SIZE, mem } = await import('../src/memory/linear.ts');
  expect([MEMORY_SIZE, mem.byteLength]).toEqual([taken * 65_536, taken * 65_536]);
});

it('says so where not even the least is there', async () => {
  device(1000);
  await expect(import('../src/memory/linear.ts')).rejects.toThrow('could not allocate memory');
});
