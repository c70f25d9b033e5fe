// A copy in pages reads as the memory that it was made of, and refuses what lies outside.
import { bufferMemory, UnmappedError } from '@moult/abi';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PagedMemory } from '../src/index.ts';

const PAGE = 4096;
/** Two regions in a row, one far off above 2^47 / 2, a hole between them. */
const BASES = [0x10000, 0x12000, 0x7f12_3456_7000];
const PAGES = [2, 1, 3];

const buffer = new ArrayBuffer(PAGE * 7);
const bytes = new Uint8Array(buffer);
for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 2654435761) >>> 13;
const regions = BASES.map((start, i) => ({ start, end: start + (PAGES[i] as number) * PAGE, path: '' }));
const memory = new PagedMemory(buffer, regions);
const whole = [
  { start: 0x10000, end: 0x13000, from: PAGE },
  { start: 0x7f12_3456_7000, end: 0x7f12_3456_a000, from: 4 * PAGE },
];

it('reads what was copied, over the ends of pages, and nothing else', () => {
  const near = fc
    .tuple(fc.constantFrom(...whole), fc.integer({ min: -9, max: 3 * PAGE + 9 }))
    .map(([part, offset]) => part.start + offset);
  fc.assert(
    fc.property(near, fc.constantFrom(1, 2, 4, 8), (address, n) => {
      const part = whole.find((p) => address >= p.start && address + n <= p.end);
      expect(memory.has(address, n)).toBe(part !== undefined);
      const read = (m: typeof memory | ReturnType<typeof bufferMemory>) =>
        n === 1 ? m.u8(address) : n === 2 ? m.i16(address) : n === 4 ? m.u32(address) : m.u64(address);
      if (part === undefined) expect(() => read(memory)).toThrow(UnmappedError);
      else {
        const plain = bufferMemory(buffer.slice(part.from, part.from + part.end - part.start), part.start);
        expect(read(memory)).toBe(read(plain));
        expect(memory.bytes(address, n)).toEqual(plain.bytes(address, n));
      }
    }),
    { numRuns: 2000 },
  );
});
