import { expect } from 'vitest';
import { bytes } from '../../src/memory/linear.ts';
import { type MemoryPolicy, MEMORY_POLICY_3_10 } from '../../src/memory/layout.ts';
import { memoryInit } from '../../src/memory/account.ts';
import { checkAllocators } from '../../src/memory/check.ts';
import { clearMemory } from '../../src/memory/snapshot.ts';

export function fresh(policy: MemoryPolicy = MEMORY_POLICY_3_10): void {
  clearMemory();
  memoryInit(policy);
}

export function sound(): void {
  expect(checkAllocators()).toEqual([]);
}

/** Blocks as a caller sees them: each filled with a byte of its own, which must still be there. */
export class Shadow {
  readonly live: { p: number; n: number; fill: number; domain: number }[] = [];
  #fill = 0;

  copy(): Shadow {
    const other = new Shadow();
    other.live.push(...this.live.map((b) => ({ ...b })));
    other.#fill = this.#fill;
    return other;
  }

  add(p: number, n: number, domain: number): void {
    expect(p & 15).toBe(0);
    expect(p).toBeGreaterThan(0);
    this.#fill = (this.#fill % 255) + 1;
    bytes.fill(this.#fill, p, p + n);
    this.live.push({ p, n, fill: this.#fill, domain });
  }

  verify(p: number, n: number, fill: number): void {
    const view = bytes;
    for (let a = p; a < p + n; a++) {
      if (view[a] !== fill) throw new Error(`byte ${a - p} of the block at 0x${p.toString(16)} changed`);
    }
  }

  verifyAll(): void {
    for (const b of this.live) this.verify(b.p, b.n, b.fill);
  }
}
