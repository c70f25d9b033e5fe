// Many short lists of numbers in one typed array: blocks of 2, 4, 8 … numbers, kept by size when they are given back.

export class Lists {
  private pool = new Int32Array(1 << 16);
  private top = 1;
  /** The first free block of each size; its first number is the next one. */
  private readonly free = new Int32Array(32);

  private static sizeClass(count: number): number {
    return count <= 2 ? 1 : 32 - Math.clz32(count - 1);
  }

  /** Stores the first `count` numbers; returns where (0 for an empty list). */
  store(numbers: Int32Array, count: number): number {
    if (count === 0) return 0;
    const kind = Lists.sizeClass(count);
    let at = this.free[kind]!;
    if (at !== 0) this.free[kind] = this.pool[at]!;
    else {
      at = this.top;
      this.top += 1 << kind;
      if (this.top > this.pool.length) {
        const wider = new Int32Array(Math.max(this.pool.length * 2, this.top));
        wider.set(this.pool);
        this.pool = wider;
      }
    }
    if (count < 16) for (let i = 0; i < count; i++) this.pool[at + i] = numbers[i]!;
    else this.pool.set(numbers.subarray(0, count), at);
    return at;
  }

  /** Room for `count` numbers, whatever they are. */
  blank(count: number): number {
    return this.store(this.pool, count);
  }

  at(list: number, index: number): number {
    return this.pool[list + index]!;
  }

  release(list: number, count: number): void {
    if (count === 0) return;
    const kind = Lists.sizeClass(count);
    this.pool[list] = this.free[kind]!;
    this.free[kind] = list;
  }

  clear(): void {
    this.top = 1;
    this.free.fill(0);
  }
}
