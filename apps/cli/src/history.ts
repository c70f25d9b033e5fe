// What the tracing build remembers of each block: when and where it was given and taken back, and who had it before.
import { type AllocationListener, currentInstruction } from '@moult/runtime';

export interface Moment {
  /** The code object and the offset of the instruction; 0 where no Python code ran. */
  readonly code: number;
  readonly offset: number;
}
export interface Life {
  /** Number of the allocation, from the program's first on. */
  readonly serial: number;
  readonly domain: string;
  readonly size: number;
  readonly born: Moment;
  died: Moment | null;
}

const LIVES = 3;

export class BlockHistory implements AllocationListener {
  private serial = 0;
  private readonly lives = new Map<number, Life[]>();

  allocated(domain: number, p: number, n: number): void {
    if (p === 0) return;
    const life = {
      serial: ++this.serial,
      domain: String.fromCharCode(domain),
      size: n,
      born: currentInstruction(),
      died: null,
    };
    const lives = this.lives.get(p);
    if (lives === undefined) this.lives.set(p, [life]);
    else if (lives.unshift(life) > LIVES) lives.pop();
  }

  freed(_domain: number, p: number): void {
    const life = this.lives.get(p)?.[0];
    if (life !== undefined && life.died === null) life.died = currentInstruction();
  }

  /** The lives of the block at `p`, the latest first. */
  at(p: number): readonly Life[] {
    return this.lives.get(p) ?? [];
  }

  /** The block that `address` lies in, or that ends just before it. */
  around(address: number): number | null {
    for (let p = address; p > address - 4096 && p > 0; p--) {
      const life = this.lives.get(p)?.[0];
      if (life !== undefined && address <= p + life.size + 8) return p;
    }
    return null;
  }
}
